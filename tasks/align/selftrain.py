"""Learning a document's own translations from the beads of a first pass.

IBM Model 1 in each direction over the beads, smoothed towards the lexicon (a Dirichlet prior) and
with an absolute discount on the expected counts: a pair of tokens must meet more often than the
discount before it counts at all. Without the discount the model learns the first pass by heart and
only confirms it.
"""

from collections.abc import Sequence

import numpy as np

from tasks.align.encode import Encoded, Floats, Ints, Side
from tasks.align.links import Links
from tasks.align.settings import AlignSettings

#: Sentences of a bead: Chinese from and to, English from and to.
Bead = tuple[int, int, int, int]


def adapt_links(
    base: Links,
    documents: Sequence[Encoded],
    beads: Sequence[Sequence[Bead]],
    settings: AlignSettings,
) -> Links:
    """The links after learning from the beads (null beads teach nothing)."""
    width = len(base.p_en)
    keys, zh_token, en_token = _pairs(documents, beads, width)
    base_keys = base.zh * width + base.en
    pairs, which = np.unique(keys, return_inverse=True)
    z, e = pairs // width, pairs % width
    to_en = _prior(pairs, base_keys, base.to_en) * base.p_en[e]
    to_zh = _prior(pairs, base_keys, base.to_zh) * base.p_zh[z]
    p_en = _unigram(documents, base.p_en, "en")
    p_zh = _unigram(documents, base.p_zh, "zh")
    en_ratio = _model1(to_en, p_en[e], z, which, en_token, settings) / p_en[e]
    zh_ratio = _model1(to_zh, p_zh[z], e, which, zh_token, settings) / p_zh[z]
    # Links that no bead shows keep what the lexicon says of them.
    other = np.flatnonzero(~np.isin(base_keys, pairs, assume_unique=True))
    key = np.concatenate((pairs, base_keys[other]))
    order = np.argsort(key, kind="stable")
    useful = (
        np.maximum(
            np.concatenate((en_ratio, base.to_en[other])),
            np.concatenate((zh_ratio, base.to_zh[other])),
        )[order]
        > 1.0
    )
    order = order[useful]
    key = key[order]
    return Links(
        key // width,
        key % width,
        np.concatenate((en_ratio, base.to_en[other]))[order],
        np.concatenate((zh_ratio, base.to_zh[other]))[order],
        p_zh,
        p_en,
    )


def _prior(pairs: Ints, base_keys: Ints, ratio: Floats) -> Floats:
    """The base ratio of each pair, 0 where there is no link."""
    at = np.searchsorted(base_keys, pairs)
    at = np.minimum(at, len(base_keys) - 1)
    if len(base_keys) == 0:
        return np.zeros(len(pairs))
    return np.where(base_keys[at] == pairs, ratio[at], 0.0)


def _unigram(documents: Sequence[Encoded], base: Floats, side: str) -> Floats:
    """Token frequencies: those of the lexicon, moved towards those of the documents."""
    counts = np.zeros(len(base))
    for document in documents:
        tokens = getattr(document, side).tokens
        counts += np.bincount(tokens, minlength=len(base))
    total = counts.sum()
    mass = UNIGRAM_MASS
    return np.maximum((counts + mass * base) / (total + mass), 1e-7)


UNIGRAM_MASS = 20000.0


def _pairs(
    documents: Sequence[Encoded], beads: Sequence[Sequence[Bead]], width: int
) -> tuple[Ints, Ints, Ints]:
    """All token pairs of all beads as keys, and the token of each side (numbered over all beads)
    that a pair belongs to."""
    keys, zh_tokens, en_tokens = [], [], []
    zh_base = en_base = 0
    for document, path in zip(documents, beads, strict=True):
        full = np.array([b for b in path if b[1] > b[0] and b[3] > b[2]], np.int64).reshape(-1, 4)
        z, z_start = _spans(document.zh, full[:, 0], full[:, 1])
        e, e_start = _spans(document.en, full[:, 2], full[:, 3])
        n_z, n_e = np.diff(z_start), np.diff(e_start)
        e_token = np.repeat(np.arange(len(e)), np.repeat(n_z, n_e))
        size = n_z * n_e
        offset = np.arange(len(e_token)) - np.repeat(np.cumsum(size) - size, size)
        z_token = np.repeat(z_start[:-1], size) + offset % np.repeat(n_z, size)
        keys.append(z[z_token] * width + e[e_token])
        zh_tokens.append(z_token + zh_base)
        en_tokens.append(e_token + en_base)
        zh_base += len(z)
        en_base += len(e)
    return np.concatenate(keys), np.concatenate(zh_tokens), np.concatenate(en_tokens)


def _spans(side: Side, begin: Ints, end: Ints) -> tuple[Ints, Ints]:
    """The tokens of stretches of sentences, and where each stretch starts among them."""
    low, high = side.start[begin], side.start[end]
    start = np.concatenate(([0], np.cumsum(high - low)))
    at = np.arange(start[-1]) + np.repeat(low - start[:-1], high - low)
    return side.tokens[at], start


def _model1(
    prior: Floats, p: Floats, given: Ints, which: Ints, group: Ints, settings: AlignSettings
) -> Floats:
    """t(token | given) of every pair after EM."""
    mass = settings.prior_mass
    # Every pair may be a translation at first; how likely, its frequency says.
    t = prior + INIT * p
    for _ in range(settings.iterations):
        value = t[which]
        shared = np.bincount(group, value) + 1e-30
        value /= shared[group]
        counts = np.bincount(which, value, minlength=len(t))
        total = np.bincount(given, counts)[given]
        t = (np.maximum(counts - settings.discount, 0.0) + mass * prior) / (total + mass)
        if FLOOR:
            t += FLOOR * p
    return t


INIT = 0.05
FLOOR = 0.0
