"""Sentence alignment: first pass, self-training, second pass, moved blocks, probabilities."""

from collections.abc import Iterable, Sequence

import numpy as np

from models.lexicon import Lexicon, load_lexicon
from tasks.align.anchors import guide
from tasks.align.bands import Band, Step, around, between, full
from tasks.align.edges import edge_tables, mutual_information
from tasks.align.encode import Batch, Document, Floats, encode
from tasks.align.explain import beads_of
from tasks.align.languages import refuse_wrong_language
from tasks.align.links import Links, links_of
from tasks.align.records import AlignedBead, Channel, DocumentPair, Group
from tasks.align.scores import Model
from tasks.align.search import Pass, refined, search
from tasks.align.selftrain import adapt_links
from tasks.align.settings import AlignSettings
from tasks.align.structure import learned_table, prior_table
from tasks.align.taught import TaughtBoth

_DEFAULT = AlignSettings()


def align(
    zh_sentences: Sequence[str],
    en_sentences: Sequence[str],
    *,
    lexicon: Lexicon | None = None,
    config: AlignSettings = _DEFAULT,
    zh_groups: Sequence[Group] | None = None,
    en_groups: Sequence[Group] | None = None,
    translation: Channel | None = None,
) -> list[AlignedBead]:
    """Align the sentences of two texts that translate each other.

    Without ``lexicon`` the shipped one is used (``Lexicon.empty()`` for none at all). The groups
    say which block each sentence stands in. Every sentence is in exactly one bead; the beads are
    in the order of the Chinese text, null beads of English sentences after the bead that they
    follow. Raises ValueError when a side is clearly not in its language.
    """
    pair = DocumentPair(
        zh=zh_sentences,
        en=en_sentences,
        zh_groups=zh_groups,
        en_groups=en_groups,
        translation=translation,
    )
    refuse_wrong_language(pair)
    return align_batch([pair], lexicon=lexicon, config=config)[0]


def align_batch(
    documents: Iterable[DocumentPair],
    *,
    lexicon: Lexicon | None = None,
    config: AlignSettings = _DEFAULT,
    together: bool = False,
) -> list[list[AlignedBead]]:
    """Align many documents; the beads of each are those that :func:`align` gives it.

    With ``together`` the documents are taken as one corpus: self-training learns from all of
    them, so that each document's beads depend on the others. The languages are taken on trust:
    one odd document must not stop a batch.
    """
    pairs = list(documents)
    numbers = [k for k, pair in enumerate(pairs) if pair.zh and pair.en]
    out = [[] if pair.zh and pair.en else _one_sided(pair) for pair in pairs]
    if not numbers:
        return out
    lexicon = lexicon if lexicon is not None else load_lexicon()
    edges = edge_tables(lexicon.edges)
    for group in [numbers] if together else [[k] for k in numbers]:
        beads = _align_group([pairs[k] for k in group], lexicon, edges, config)
        for k, own in zip(group, beads, strict=True):
            out[k] = own
    return out


def _one_sided(pair: DocumentPair) -> list[AlignedBead]:
    """All sentences as null beads."""
    out = [AlignedBead((i,), (), 1.0) for i in range(len(pair.zh))]
    return out + [AlignedBead((), (j,), 1.0) for j in range(len(pair.en))]


def _align_group(
    pairs: Sequence[DocumentPair],
    lexicon: Lexicon,
    edges: tuple[Floats, Floats],
    settings: AlignSettings,
) -> list[list[AlignedBead]]:
    """Align documents that learn from each other."""
    batch = encode(pairs)
    base = links_of(lexicon, batch)
    model = Model(base, *edges, prior_table())
    documents = batch.documents
    found = [first_pass(document, model, settings) for document in documents]
    size = sum(min(d.zh.sentences, d.en.sentences) for d in documents)
    for _ in range(settings.rounds if size >= settings.min_self_training else 0):
        if all(_certain(own, settings) for own in found):
            break
        paths = [own.path for own in found]
        found = []  # so that two passes are never in memory together
        model, taught = retrained(batch, base, paths, edges, settings)
        for document, path, own in zip(documents, paths, taught, strict=True):
            band = around(path, document.zh.sentences, document.en.sentences, settings.band)
            found.append(search(document, model, band, settings, taught=own))
        if [own.path for own in found] == paths:
            break  # the next round would learn the same again
    return [
        beads_of(
            pair,
            document,
            model,
            own if _certain(own, settings) else refined(document, model, own, settings),
            settings,
        )
        for pair, document, own in zip(pairs, documents, found, strict=True)
    ]


def _certain(found: Pass, settings: AlignSettings) -> bool:
    """Whether nothing is left to decide: all beads of a pass are probable."""
    return min(found.chances) >= settings.certain


def first_pass(document: Document, model: Model, settings: AlignSettings) -> Pass:
    """The pass before anything is learned: near anchors in a long document, in a shorter one near
    a chain of pairs of sentences, in the shortest everywhere.
    """
    zh, en = document.zh.sentences, document.en.sentences
    if max(zh, en) <= settings.full_band:
        chained = min(zh, en) >= settings.min_chain
        return search(document, model, full(zh, en), settings, chained=chained)
    points = guide(document, model.links)
    band = Band.of(*between(points, zh, en, settings.first_band))
    return search(document, model, band, settings)


def retrained(
    batch: Batch,
    base: Links,
    paths: Sequence[Sequence[Step]],
    edges: tuple[Floats, Floats],
    settings: AlignSettings,
) -> tuple[Model, list[TaughtBoth]]:
    """The model after learning links, edges and structure from the beads of a pass, and what those
    of each document taught.
    """
    first, last = np.zeros_like(edges[0]), np.zeros_like(edges[1])
    places = np.zeros_like(prior_table())
    for document, path in zip(batch.documents, paths, strict=True):
        steps = np.array(path, np.int64).reshape(-1, 4)
        i, i2, j, j2 = steps[(steps[:, 1] > steps[:, 0]) & (steps[:, 3] > steps[:, 2])].T
        zh, en = document.zh, document.en
        np.add.at(first, (zh.first[i], en.first[j]), 1.0)
        np.add.at(last, (zh.last[i2 - 1], en.last[j2 - 1]), 1.0)
        np.add.at(places, (zh.opens[i], en.opens[j]), 1.0)
    links, taught = adapt_links(base, batch, paths, settings)
    first, last = mutual_information(first, edges[0]), mutual_information(last, edges[1])
    return Model(links, first, last, learned_table(places)), taught


__all__ = ["align", "align_batch"]
