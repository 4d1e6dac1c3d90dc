"""Sentence alignment: first pass, self-training, second pass, moved blocks, probabilities."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from models.lexicon import Lexicon, load_lexicon
from tasks.align.anchors import guide, link_weights
from tasks.align.bands import Band, Step, around, between, full
from tasks.align.dynamic import best_paths
from tasks.align.edges import edge_tables, mutual_information
from tasks.align.encode import Batch, Floats, Ints, encode
from tasks.align.explain import explained
from tasks.align.languages import refuse_wrong_language
from tasks.align.links import Links, links_of
from tasks.align.moved import moved_beads
from tasks.align.nulls import null_credits
from tasks.align.posteriors import bead_posteriors
from tasks.align.records import AlignedBead, Channel, DocumentPair, Group
from tasks.align.scores import Model, Tables, bead_scores
from tasks.align.selftrain import adapt_links
from tasks.align.settings import AlignSettings
from tasks.align.structure import learned_table, prior_table

_DEFAULT = AlignSettings()
_AT_ONCE = 2000  # sentences of a side aligned in one go; longer documents go alone


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
    them, so that each document's beads depend on the others. The languages are taken on trust:
    one odd document must not stop a batch.
    """
    pairs = list(documents)
    out: list[list[AlignedBead]] = [[] for _ in pairs]
    full_pairs = [k for k, pair in enumerate(pairs) if pair.zh and pair.en]
    for k in sorted(set(range(len(pairs))) - set(full_pairs)):
        out[k] = [AlignedBead((i,), (), 1.0) for i in range(len(pairs[k].zh))]
        out[k] += [AlignedBead((), (j,), 1.0) for j in range(len(pairs[k].en))]
    if not full_pairs:
        return out
    lexicon = lexicon if lexicon is not None else load_lexicon()
    for group, rounds in _groups(pairs, full_pairs, settings, together=together):
        beads = _align_group([pairs[k] for k in group], lexicon, settings, rounds, together)
        for k, own in zip(group, beads, strict=True):
            out[k] = own
    return out


def _groups(
    pairs: Sequence[DocumentPair],
    numbers: Sequence[int],
    settings: AlignSettings,
    *,
    together: bool,
) -> Iterator[tuple[list[int], int]]:
    """Documents to be aligned in one go, and the rounds of self-training they get."""

    def rounds(shortest: int) -> int:
        return settings.rounds if shortest >= settings.min_self_training else 0

    if together:
        total = sum(min(len(pairs[k].zh), len(pairs[k].en)) for k in numbers)
        yield list(numbers), rounds(total)
        return
    sizes = {k: (len(pairs[k].zh), len(pairs[k].en)) for k in numbers}
    order = sorted(numbers, key=lambda k: (rounds(min(sizes[k])), max(sizes[k])))
    group: list[int] = []
    for k in order:
        same = group and rounds(min(sizes[group[0]])) == rounds(min(sizes[k]))
        if group and not (same and sum(max(sizes[g]) for g in [*group, k]) <= _AT_ONCE):
            yield group, rounds(min(sizes[group[0]]))
            group = []
        group.append(k)
    yield group, rounds(min(sizes[group[0]]))


def _align_group(
    pairs: Sequence[DocumentPair],
    lexicon: Lexicon,
    settings: AlignSettings,
    rounds: int,
    together: bool,
) -> list[list[AlignedBead]]:
    batch = encode(pairs, together=together)
    base = links_of(lexicon, batch)
    first, last = edge_tables(lexicon.edges)
    groups = len(batch.zh.vocabulary) - 1
    model = Model(
        base,
        _ratio(batch),
        np.array([first] * groups),
        np.array([last] * groups),
        np.array([prior_table()] * groups),
    )
    band = first_band(batch, base, settings)
    scores, gain = bead_scores(batch, model, band, settings)
    nulls = null_credits(batch, band, gain, settings)
    paths = best_paths(scores, band, nulls)
    for _ in range(rounds):
        model = retrained(batch, model, base, paths, (first, last), settings)
        band = second_band(batch, paths, settings)
        del scores  # so that the two passes are never in memory together
        scores, gain = bead_scores(batch, model, band, settings)
        nulls = null_credits(batch, band, gain, settings)
        paths = best_paths(scores, band, nulls)
    chances = bead_posteriors(scores, band, nulls, paths, settings.temperature)
    steps = []
    for d, (path, own) in enumerate(zip(paths, chances, strict=True)):
        moved = moved_beads(batch, d, model, gain, path, settings)
        steps.append(_with_moved(list(zip(path, own, strict=True)), moved))
    return explained(batch, Tables(batch, model, settings), steps, pairs, settings)


def first_band(batch: Batch, links: Links, settings: AlignSettings) -> Band:
    """Where the first pass looks: everywhere in a short document, else near the anchors."""
    bands = []
    weights = link_weights(links)
    for d, (zh, en) in enumerate(zip(*(n.tolist() for n in batch.sizes), strict=True)):
        if max(zh, en) <= settings.full_band:
            bands.append(full(zh, en))
        else:
            bands.append(between(guide(batch, d, weights), zh, en, settings.first_band))
    return Band.of([b[0] for b in bands], [b[1] for b in bands], batch)


def second_band(batch: Batch, paths: Sequence[Sequence[Step]], settings: AlignSettings) -> Band:
    """Where the second pass looks: near the path of the first."""
    sizes = zip(*(n.tolist() for n in batch.sizes), strict=True)
    bands = [
        around(path, zh, en, settings.band) for path, (zh, en) in zip(paths, sizes, strict=True)
    ]
    return Band.of([b[0] for b in bands], [b[1] for b in bands], batch)


def retrained(
    batch: Batch,
    model: Model,
    base: Links,
    paths: Sequence[Sequence[Step]],
    edges: tuple[Floats, Floats],
    settings: AlignSettings,
) -> Model:
    """The model after learning links, edges and structure from the beads of a pass."""
    document = np.repeat(np.arange(len(batch)), [len(path) for path in paths])
    beads = np.array([step for path in paths for step in path], np.int64).reshape(-1, 4)
    full_beads = (beads[:, 1] > beads[:, 0]) & (beads[:, 3] > beads[:, 2])
    beads, document = beads[full_beads], document[full_beads]
    beads[:, :2] += batch.zh.document[document][:, None]
    beads[:, 2:] += batch.en.document[document][:, None]
    group = batch.group(document)
    zh, en = batch.zh, batch.en
    i, i2, j, j2 = beads.T
    first = _counts(model.first.shape, group, zh.first[i], en.first[j])
    last = _counts(model.last.shape, group, zh.last[i2 - 1], en.last[j2 - 1])
    return Model(
        adapt_links(base, batch, beads, settings) if len(beads) else base,
        model.ratio,
        mutual_information(first, edges[0]),
        mutual_information(last, edges[1]),
        learned_table(_counts(model.structure.shape, group, zh.opens[i], en.opens[j])),
    )


def _with_moved(
    path: list[tuple[Step, float]], moved: list[tuple[Step, float]]
) -> list[tuple[Step, float, bool]]:
    """A path with moved beads in the place of the nulls they are made of: (step, probability,
    whether it was moved).
    """
    zh = {x for (i, i2, _, _), _ in moved for x in range(i, i2)}
    en = {x for (_, _, j, j2), _ in moved for x in range(j, j2)}
    out = [
        (step, chance, False)
        for step, chance in path
        if not (step[2] == step[3] and step[0] in zh) and not (step[0] == step[1] and step[2] in en)
    ]
    for step, chance in moved:
        at = next((k for k, (other, _, _) in enumerate(out) if other[0] >= step[1]), len(out))
        out.insert(at, (step, chance, True))
    return out


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
