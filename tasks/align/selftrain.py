"""Learning the documents' own translations from the beads of a first pass.

IBM Model 1 in each direction over the beads, smoothed towards the lexicon (a Dirichlet prior) and
with an absolute discount on the expected counts: a pair of tokens must meet more often than the
discount before it counts at all. Without the discount the model learns the first pass by heart and
only confirms it.
"""

import numpy as np

from tasks.align.encode import Batch, Floats, Ints, Side, spans
from tasks.align.links import Links
from tasks.align.settings import AlignSettings


def adapt_links(base: Links, batch: Batch, beads: Ints, settings: AlignSettings) -> Links:
    """The links after learning from beads: rows (Chinese sentences from and to, English from and
    to), numbered over the batch, none of them null.
    """
    width = len(base.p_en)
    base_keys = base.zh * width + base.en
    keys, zh_token, en_token = _pairs(batch, _sample(batch, beads, settings.most_pairs))
    pairs, which, met = np.unique(keys, return_inverse=True, return_counts=True)
    prior_en = _prior(pairs, base_keys, base.to_en)
    prior_zh = _prior(pairs, base_keys, base.to_zh)
    # What meets once and has no link cannot outlive the discount.
    kept = (met > settings.discount) | (prior_en > 0.0)
    number = np.cumsum(kept) - 1
    alive = kept[which]
    which, zh_token, en_token = number[which[alive]], zh_token[alive], en_token[alive]
    pairs, prior_en, prior_zh = pairs[kept], prior_en[kept], prior_zh[kept]
    z, e = pairs // width, pairs % width
    p_en = _unigram(batch.en, base.p_en, settings.unigram_mass)
    p_zh = _unigram(batch.zh, base.p_zh, settings.unigram_mass)
    to_en = _model1(prior_en * base.p_en[e], p_en[e], z, which, en_token, settings) / p_en[e]
    to_zh = _model1(prior_zh * base.p_zh[z], p_zh[z], e, which, zh_token, settings) / p_zh[z]
    # Links that no bead shows keep what the lexicon says of them.
    other = np.flatnonzero(~np.isin(base_keys, pairs, assume_unique=True))
    key = np.concatenate((pairs, base_keys[other]))
    to_en = np.concatenate((to_en, base.to_en[other]))
    to_zh = np.concatenate((to_zh, base.to_zh[other]))
    order = np.argsort(key, kind="stable")
    order = order[np.maximum(to_en, to_zh)[order] > 1.0]
    key = key[order]
    return Links(key // width, key % width, to_en[order], to_zh[order], p_zh, p_en)


def _sample(batch: Batch, beads: Ints, most: int) -> Ints:
    """Beads evenly spread over the batch that have about ``most`` token pairs at most."""
    zh, en = batch.zh.start, batch.en.start
    pairs = (zh[beads[:, 1]] - zh[beads[:, 0]]) * (en[beads[:, 3]] - en[beads[:, 2]])
    total = int(pairs.sum())
    if total <= most:
        return beads
    return beads[:: -(-total // most)]


def _prior(pairs: Ints, base_keys: Ints, ratio: Floats) -> Floats:
    """The base ratio of each pair, 0 where there is no link."""
    if len(base_keys) == 0:
        return np.zeros(len(pairs))
    at = np.minimum(np.searchsorted(base_keys, pairs), len(base_keys) - 1)
    return np.where(base_keys[at] == pairs, ratio[at], 0.0)


def _unigram(side: Side, base: Floats, mass: float) -> Floats:
    """Token frequencies: those of the lexicon, moved towards those of each vocabulary."""
    counts = np.bincount(side.tokens, minlength=len(base))
    sizes = np.diff(side.vocabulary)
    total = np.add.reduceat(counts, side.vocabulary[:-1]) if len(counts) else counts
    return np.maximum((counts + mass * base) / (np.repeat(total, sizes) + mass), 1e-7)


def _pairs(batch: Batch, beads: Ints) -> tuple[Ints, Ints, Ints]:
    """All token pairs of all beads as keys, and the token of each side (numbered over all beads)
    that a pair belongs to.
    """
    z, z_start = spans(batch.zh, beads[:, 0], beads[:, 1])
    e, e_start = spans(batch.en, beads[:, 2], beads[:, 3])
    n_z, n_e = np.diff(z_start), np.diff(e_start)
    e_token = np.repeat(np.arange(len(e)), np.repeat(n_z, n_e))
    size = n_z * n_e
    offset = np.arange(len(e_token)) - np.repeat(np.cumsum(size) - size, size)
    z_token = np.repeat(z_start[:-1], size) + offset % np.repeat(n_z, size)
    return z[z_token] * len(batch.en.words) + e[e_token], z_token, e_token


def _model1(
    prior: Floats, p: Floats, given: Ints, which: Ints, group: Ints, settings: AlignSettings
) -> Floats:
    """t(token | given) of every pair after EM."""
    # Every pair may be a translation at first; how likely, its frequency says.
    t = prior + settings.first_guess * p
    mass = settings.prior_mass
    for _ in range(settings.iterations):
        value = t[which]
        shared = np.bincount(group, value) + 1e-30
        value /= shared[group]
        counts = np.bincount(which, value, len(t))
        total = np.bincount(given, counts, 1)[given]
        t = np.maximum(counts - settings.discount, 0.0) + settings.prior_mass * prior
        t /= total + mass
    return t
