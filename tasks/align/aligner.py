"""Sentence alignment: first pass, self-training, second pass, probabilities."""

from collections.abc import Iterable, Sequence

from models.lexicon import Lexicon, load_lexicon
from tasks.align.bands import around, full_band
from tasks.align.dynamic import Nulls, Step, best_path
from tasks.align.edges import mutual_information
from tasks.align.encode import Encoded, Vocabulary, encode
from tasks.align.links import Links, links_of
from tasks.align.posteriors import bead_posteriors
from tasks.align.records import AlignedBead, Channel, DocumentPair, Group
from tasks.align.scores import Model, bead_scores
from tasks.align.selftrain import adapt_links
from tasks.align.settings import AlignSettings


def align(
    zh_sentences: Sequence[str],
    en_sentences: Sequence[str],
    *,
    lexicon: Lexicon | None = None,
    settings: AlignSettings = AlignSettings(),
    zh_groups: Sequence[Group] | None = None,
    en_groups: Sequence[Group] | None = None,
    translation: Channel | None = None,
) -> list[AlignedBead]:
    """Align the sentences of two texts that translate each other.

    Without ``lexicon`` the shipped one is used (``Lexicon.empty()`` for none at all). The groups
    say which block each sentence stands in. Every sentence is in exactly one bead.
    """
    pair = DocumentPair(
        zh=zh_sentences,
        en=en_sentences,
        zh_groups=zh_groups,
        en_groups=en_groups,
        translation=translation,
    )
    return align_batch([pair], lexicon=lexicon, settings=settings)[0]


def align_batch(
    documents: Iterable[DocumentPair],
    *,
    lexicon: Lexicon | None = None,
    settings: AlignSettings = AlignSettings(),
    together: bool = False,
) -> list[list[AlignedBead]]:
    """Align many documents; the beads of each are those that :func:`align` gives it.

    With ``together`` the documents are taken as one corpus: self-training learns from all of
    them, so that each document's beads depend on the others.
    """
    lexicon = lexicon if lexicon is not None else load_lexicon()
    pairs = list(documents)
    groups = [pairs] if together else [[pair] for pair in pairs]
    return [beads for group in groups for beads in _align_group(group, lexicon, settings)]


def _align_group(
    pairs: Sequence[DocumentPair], lexicon: Lexicon, settings: AlignSettings
) -> list[list[AlignedBead]]:
    zh_words, en_words = Vocabulary(), Vocabulary()
    documents = [encode(pair.zh, pair.en, zh_words, en_words) for pair in pairs]
    base = links_of(lexicon, zh_words, en_words)
    links = base
    first, last = lexicon.edges.get("first", {}), lexicon.edges.get("last", {})
    paths: list[list[Step]] = []
    size = sum(min(len(d.zh), len(d.en)) for d in documents)
    rounds = settings.rounds if size >= settings.min_self_training else 0
    for step in range(rounds + 1):
        if step:
            links = adapt_links(base, documents, paths, settings)
            first, last = _edges(documents, paths, lexicon)
        bands = [
            around(paths[k], len(d.zh), len(d.en), settings.band)
            if step
            else full_band(len(d.zh), len(d.en))
            for k, d in enumerate(documents)
        ]
        models = [Model(links, _ratio(d), first, last) for d in documents]
        nulls = Nulls(settings.null_open, settings.null_credit, settings.null_credit)
        scores = [
            bead_scores(d, m, b, settings) for d, m, b in zip(documents, models, bands, strict=True)
        ]
        paths = [
            best_path(s, b, (len(d.zh), len(d.en)), nulls)
            for d, s, b in zip(documents, scores, bands, strict=True)
        ]
    out = []
    for d, s, b, path in zip(documents, scores, bands, paths, strict=True):
        shape = (len(d.zh), len(d.en))
        chances = bead_posteriors(s, b, shape, nulls, path, settings.temperature)
        out.append(
            [
                AlignedBead(tuple(range(i, i2)), tuple(range(j, j2)), round(chance, 4))
                for (i, i2, j, j2), chance in zip(path, chances, strict=True)
            ]
        )
    return out


def _ratio(document: Encoded) -> float:
    """English characters per Chinese character."""
    return max(int(document.en.chars.sum()), 1) / max(int(document.zh.chars.sum()), 1)


def _edges(
    documents: Sequence[Encoded], paths: Sequence[Sequence[Step]], lexicon: Lexicon
) -> tuple[dict[str, float], dict[str, float]]:
    """The fit of the edges, learned again from beads."""
    first, last = [], []
    for d, path in zip(documents, paths, strict=True):
        for i, i2, j, j2 in path:
            if i2 > i and j2 > j:
                first.append((d.zh.first[i], d.en.first[j]))
                last.append((d.zh.last[i2 - 1], d.en.last[j2 - 1]))
    return (
        mutual_information(first, lexicon.edges.get("first")),
        mutual_information(last, lexicon.edges.get("last")),
    )


__all__ = ["Links", "align", "align_batch"]
