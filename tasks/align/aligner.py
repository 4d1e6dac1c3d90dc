"""Sentence alignment: first pass, self-training, second pass, probabilities."""

from collections.abc import Iterable, Sequence

import numpy as np

from models.lexicon import Lexicon, load_lexicon
from tasks.align.anchors import guide
from tasks.align.bands import Band, Step, around, between, full
from tasks.align.dynamic import Nulls, best_paths
from tasks.align.edges import edge_tables, mutual_information
from tasks.align.encode import Batch, Floats, Ints, encode
from tasks.align.links import Links, links_of
from tasks.align.posteriors import bead_posteriors
from tasks.align.records import AlignedBead, Channel, DocumentPair, Group
from tasks.align.scores import Model, bead_scores
from tasks.align.selftrain import adapt_links
from tasks.align.settings import AlignSettings

_DEFAULT = AlignSettings()


def align(
    zh_sentences: Sequence[str],
    en_sentences: Sequence[str],
    *,
    lexicon: Lexicon | None = None,
    settings: AlignSettings = _DEFAULT,
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
    settings: AlignSettings = _DEFAULT,
    together: bool = False,
) -> list[list[AlignedBead]]:
    """Align many documents; the beads of each are those that :func:`align` gives it.

    With ``together`` the documents are taken as one corpus: self-training learns from all of
    them, so that each document's beads depend on the others.
    """
    lexicon = lexicon if lexicon is not None else load_lexicon()
    pairs = list(documents)
    groups = [pairs] if together else [[pair] for pair in pairs]
    return [b for g in groups for b in _align_group(g, lexicon, settings, together=together)]


def _align_group(
    pairs: Sequence[DocumentPair], lexicon: Lexicon, settings: AlignSettings, *, together: bool
) -> list[list[AlignedBead]]:
    batch = encode([(pair.zh, pair.en) for pair in pairs], together=together)
    base = links_of(lexicon, batch)
    first, last = edge_tables(lexicon.edges)
    groups = len(batch.zh.vocabulary) - 1
    model = Model(base, _ratio(batch), np.array([first] * groups), np.array([last] * groups))
    band = first_band(batch, base, settings)
    scores, chance = bead_scores(batch, model, band, settings)
    nulls = null_credits(batch, band, chance, settings)
    paths = best_paths(scores, band, nulls)
    for _ in range(settings.rounds):
        model = retrained(batch, model, base, paths, (first, last), settings)
        band = second_band(batch, paths, settings)
        scores, chance = bead_scores(batch, model, band, settings)
        nulls = null_credits(batch, band, chance, settings)
        paths = best_paths(scores, band, nulls)
    chances = bead_posteriors(scores, band, nulls, paths, settings.temperature)
    return [
        [
            AlignedBead(tuple(range(i, i2)), tuple(range(j, j2)), round(chance, 4))
            for (i, i2, j, j2), chance in zip(path, row, strict=True)
        ]
        for path, row in zip(paths, chances, strict=True)
    ]


def first_band(batch: Batch, links: Links, settings: AlignSettings) -> Band:
    """Where the first pass looks: everywhere in a short document, else near the anchors."""
    bands = []
    for d, (zh, en) in enumerate(zip(*(n.tolist() for n in batch.sizes), strict=True)):
        if max(zh, en) <= settings.full_band:
            bands.append(full(zh, en))
        else:
            bands.append(between(guide(batch, d, links), zh, en, settings.first_band))
    return Band.of([b[0] for b in bands], [b[1] for b in bands], batch)


def second_band(batch: Batch, paths: Sequence[Sequence[Step]], settings: AlignSettings) -> Band:
    """Where the second pass looks: near the path of the first."""
    sizes = zip(*(n.tolist() for n in batch.sizes), strict=True)
    bands = [
        around(path, zh, en, settings.band) for path, (zh, en) in zip(paths, sizes, strict=True)
    ]
    return Band.of([b[0] for b in bands], [b[1] for b in bands], batch)


def null_credits(
    batch: Batch, band: Band, chance: Floats, settings: AlignSettings
) -> Nulls:
    """What sentences without counterpart earn.

    A sentence gets what its tokens would gain by chance (``chance``, as measured in the document)
    and a constant, so that two sentences that have nothing in common are no better off as a pair
    than apart.
    """
    credit = []
    for k, side in enumerate((batch.zh, batch.en)):
        document = np.repeat(np.arange(len(batch)), np.diff(side.document))
        credit.append(
            settings.null_share * chance[document, k] * side.sizes + settings.null_credit
        )
    return Nulls.of(batch, band, (credit[0], credit[1]), settings.null_open)


def retrained(
    batch: Batch,
    model: Model,
    base: Links,
    paths: Sequence[Sequence[Step]],
    edges: tuple[Floats, Floats],
    settings: AlignSettings,
) -> Model:
    """The model after learning links, edges and character ratio from the beads of a pass."""
    document = np.repeat(np.arange(len(batch)), [len(path) for path in paths])
    beads = np.array([step for path in paths for step in path], np.int64).reshape(-1, 4)
    full_beads = (beads[:, 1] > beads[:, 0]) & (beads[:, 3] > beads[:, 2])
    beads, document = beads[full_beads], document[full_beads]
    beads[:, :2] += batch.zh.document[document][:, None]
    beads[:, 2:] += batch.en.document[document][:, None]
    group = batch.group(document)
    i, i2, j, j2 = beads.T
    first = _counts(model.first.shape, group, batch.zh.first[i], batch.en.first[j])
    last = _counts(model.last.shape, group, batch.zh.last[i2 - 1], batch.en.last[j2 - 1])
    return Model(
        adapt_links(base, batch, beads, settings),
        model.ratio,
        mutual_information(first, edges[0]),
        mutual_information(last, edges[1]),
    )


def _counts(shape: tuple[int, ...], *index: Ints) -> Floats:
    counts = np.zeros(shape)
    np.add.at(counts, index, 1.0)
    return counts


def _ratio(batch: Batch) -> Floats:
    """English characters per Chinese character of each document."""
    zh, en = (
        np.diff(np.concatenate(([0], np.cumsum(side.chars)))[side.document])
        for side in (batch.zh, batch.en)
    )
    ratio: Floats = np.maximum(en, 1) / np.maximum(zh, 1)
    return ratio


__all__ = ["align", "align_batch"]
