"""Whether the tokens of a bead stand in the same order on both sides.

Model 1 takes a bead for two bags of tokens. Translations keep much of the order, so that of two
beads with the same tokens in common the one in which those stand in corresponding places is the
better one (the diagonal of Dyer, Chahuneau and Smith 2013, fast_align): this is what shows that the
second English sentence belongs to the next Chinese one. It cannot be summed sentence by sentence,
and is worked out only for beads that are probable without it.
"""

from collections.abc import Sequence

import numpy as np

from models.compiled import compiled
from tasks.align.bands import Step
from tasks.align.encode import Document, Floats, Ints, Side
from tasks.align.links import LinkRows, Links
from tasks.align.settings import AlignSettings
from tasks.align.taught import Taught, TaughtBoth

#: Pairs of tokens of a bead above which it is no text (a table, a page in one line): its order is
#: not looked at, and nothing is learned from it.
LARGEST = 1_000_000


def order_gains(
    document: Document,
    links: Links,
    taught: TaughtBoth,
    beads: Sequence[Step] | Ints,
    settings: AlignSettings,
) -> Floats:
    """How much more (or less) the tokens of each bead gain when a link counts by how near its two
    ends stand to the diagonal of the bead.

    The ratio of a link between relative places x and y (from 0 to 1) counts 1 - share + share * h
    times, h = c * exp(-decay * abs(x - y)), c such that h is 1 on average over all x.
    """
    steps = np.array(beads, np.int64).reshape(-1, 4)
    zh_start, en_start = document.zh.start, document.en.start
    pairs = zh_start[steps[:, 1]] - zh_start[steps[:, 0]]
    pairs = pairs * (en_start[steps[:, 3]] - en_start[steps[:, 2]])
    steps = np.where((pairs <= LARGEST)[:, None], steps, 0)  # a null bead gains nothing
    zh, en = document.zh, document.en
    shape = settings.kappa, settings.order_decay, settings.order_share
    by_en = _ordered(zh, links.by_zh, en, taught.en, steps, len(links.p_en), *shape)
    turned = np.ascontiguousarray(steps[:, [2, 3, 0, 1]])
    by_zh = _ordered(en, links.by_en, zh, taught.zh, turned, len(links.p_zh), *shape)
    gains: Floats = settings.weight_en * by_en + settings.weight_zh * by_zh
    return gains


@compiled
def _ordered(
    given: Side,
    links: LinkRows,
    own: Side,
    taught: Taught,
    steps: Ints,
    words: int,
    kappa: float,
    decay: float,
    share: float,
) -> Floats:
    """The difference that order makes to the gain of the own tokens of each bead (given from, to,
    own from, to); 0 for null beads.
    """
    out = np.zeros(len(steps))
    whole = np.exp(-decay)
    head = np.full(words, -1)  # the first place of a token in the bead, and the next ones
    for n in range(len(steps)):
        i, i2, j, j2 = steps[n]
        if i == i2 or j == j2:
            continue
        x0, k0 = given.start[i], own.start[j]
        n_given, n_own = given.start[i2] - x0, own.start[j2] - k0
        following = np.empty(n_own, np.int64)
        bead = np.empty(n_own, np.int64)
        for o in range(j, j2):
            bead[own.start[o] - k0 : own.start[o + 1] - k0] = taught.bead[o]
        for k in range(n_own - 1, -1, -1):
            following[k] = head[own.tokens[k0 + k]]
            head[own.tokens[k0 + k]] = k
        plain = np.zeros(n_own)
        ordered = np.zeros(n_own)
        # exp(-decay * abs(x - y)) is a product of a number for x and one for y.
        rising = np.exp(decay * ((np.arange(n_own) + 0.5) / n_own))
        falling = 1.0 / rising
        for x in range(n_given):
            place = (x + 0.5) / n_given
            near = np.exp(-decay * place)
            far = 1.0 / near
            token = given.tokens[x0 + x]
            for link in range(links.start[token], links.start[token + 1]):
                k = head[links.word[link]]
                while k >= 0:
                    ratio = links.ratio[link]
                    b = bead[k]
                    if b >= 0 and taught.given_from[b] <= x0 + x < taught.given_to[b]:
                        at = taught.start[b]
                        at += (x0 + x - taught.given_from[b]) * taught.given_step[b]
                        at += (k0 + k - taught.own_from[b]) * taught.own_step[b]
                        ratio = max(ratio - taught.ratio[at], 0.0)
                    plain[k] += ratio
                    ordered[k] += ratio * min(near * rising[k], far * falling[k])
                    k = following[k]
        for k in range(n_own):
            head[own.tokens[k0 + k]] = -1
            if plain[k] > 0.0:
                mean = (2.0 - falling[k] - whole * rising[k]) / decay
                mixed = (1.0 - share) * plain[k] + share / mean * ordered[k]
                better = 1.0 + kappa / n_given * mixed
                out[n] += np.log(better / (1.0 + kappa / n_given * plain[k]))
    return out
