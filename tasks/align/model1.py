"""The compiled loops of self-training: IBM Model 1 over the tokens that meet in beads (Brown, Della
Pietra, Della Pietra and Mercer 1993).
"""

from typing import NamedTuple

import numpy as np

from models.compiled import compiled, inlined
from tasks.align.encode import Floats, Ints


class Meetings(NamedTuple):
    """Tokens that meet in a bead: of bead ``k`` all pairs of ``zh[zh_from[k]:zh_to[k]]`` with
    ``en[en_from[k]:en_to[k]]``, Chinese token by Chinese token; the first has number ``pair[k]``.
    """

    zh: Ints
    en: Ints
    zh_from: Ints
    zh_to: Ints
    en_from: Ints
    en_to: Ints
    pair: Ints


@compiled
def numbered(
    met: Meetings,
    start: Ints,
    link: Ints,
    to_en: Floats,
    to_zh: Floats,
    en_words: int,
    discount: float,
) -> tuple[Ints, Ints, Ints, Floats, Floats]:
    """A number from 1 on for each distinct pair of tokens, by Chinese token: that of each meeting
    (0 for a pair that is left out); and of each distinct pair the tokens and the ratios of its
    link, or 0.

    What meets too seldom for the discount and has no link is left out.
    """
    zh_words = len(start) - 1
    # Where each Chinese token stands: (bead, position), grouped by token.
    first = np.zeros(zh_words + 1, np.int64)
    for b in range(len(met.zh_from)):
        for token in met.zh[met.zh_from[b] : met.zh_to[b]]:
            first[token + 1] += 1
    first = np.cumsum(first)
    fill = first.copy()
    beads = np.empty(first[-1], np.int32)
    pairs = np.empty(first[-1], np.int64)
    for b in range(len(met.zh_from)):
        wide = met.en_to[b] - met.en_from[b]
        for k in range(met.zh_from[b], met.zh_to[b]):
            token = met.zh[k]
            beads[fill[token]] = b
            pairs[fill[token]] = met.pair[b] + (k - met.zh_from[b]) * wide
            fill[token] += 1
    number = np.empty(met.pair[-1], np.uint32)
    seen = np.zeros(en_words, np.int64)  # how often the token has been met
    place = np.zeros(en_words, np.uint32)
    own = np.full(en_words, -1, np.int64)  # its link
    words = np.empty(en_words, np.int64)
    z = np.empty(met.pair[-1], np.int64)
    e = np.empty(met.pair[-1], np.int64)
    prior_en = np.empty(met.pair[-1])
    prior_zh = np.empty(met.pair[-1])
    n = 0
    for token in range(zh_words):
        if first[token] == first[token + 1]:
            continue
        for k in range(start[token], start[token + 1]):
            own[link[k]] = k
        size = 0
        for k in range(first[token], first[token + 1]):
            for other in met.en[met.en_from[beads[k]] : met.en_to[beads[k]]]:
                if seen[other] == 0:
                    words[size] = other
                    size += 1
                seen[other] += 1
        for other in words[:size]:
            if seen[other] > discount or own[other] >= 0:
                place[other] = n + 1
                z[n], e[n] = token, other
                linked = own[other] >= 0
                prior_en[n] = to_en[own[other]] if linked else 0.0
                prior_zh[n] = to_zh[own[other]] if linked else 0.0
                n += 1
            else:
                place[other] = 0
            seen[other] = 0
        for k in range(first[token], first[token + 1]):
            at = pairs[k]
            for other in met.en[met.en_from[beads[k]] : met.en_to[beads[k]]]:
                number[at] = place[other]
                at += 1
        for k in range(start[token], start[token + 1]):
            own[link[k]] = -1
    return number, z[:n].copy(), e[:n].copy(), prior_en[:n].copy(), prior_zh[:n].copy()


@compiled
def model1(
    pair: Ints,
    rows: Ints,
    columns: Ints,
    english: bool,
    number: Ints,
    given: Ints,
    p: Floats,
    words: int,
    prior: Floats,
    first: Floats,
    iterations: int,
    discount: float,
    mass: float,
) -> tuple[Floats, Floats]:
    """The ratio t / p of every pair after EM, from t = ``first`` on, and how much of the ratio of
    its pair each meeting owes to the bead it is in.

    ``given`` is the token of each pair that is conditioned on, one of ``words``. The meetings of a
    bead are a table of Chinese (``rows``) and English tokens (``columns``); the ``english`` ones
    are explained, or else the Chinese ones.
    """
    size = len(first)
    t = np.append(0.0, first)  # a pair that is left out is never a translation
    count = np.zeros(size + 1)
    total_of = np.zeros(words)
    part = np.zeros(len(number), np.float32)
    longest = most = 1
    for b in range(len(rows)):
        longest = max(longest, columns[b])
        most = max(most, rows[b] * columns[b])
    share = np.zeros(longest)  # of each English token
    own = np.zeros(most)  # of each pair of a bead: t, then the share of it in its explained token
    for iteration in range(iterations):
        last = iteration == iterations - 1
        count[:] = 0.0
        for b in range(len(rows)):
            met = number[pair[b] : pair[b + 1]]
            for k in range(len(met)):
                own[k] = t[met[k]]
            _shared(own, share, rows[b], columns[b], english)
            for k in range(len(met)):
                count[met[k]] += own[k]
            if last:
                part[pair[b] : pair[b + 1]] = own[: len(met)]
        total_of[:] = 0.0
        for k in range(size):
            total_of[given[k]] += count[k + 1]
        for k in range(size):
            t[k + 1] = max(count[k + 1] - (discount if last else 0.0), 0.0) + mass * prior[k]
            t[k + 1] /= total_of[given[k]] + mass
    added = np.zeros(size + 1)  # by one bead to the count of a pair
    for b in range(len(rows)):
        met = number[pair[b] : pair[b + 1]]
        taught = part[pair[b] : pair[b + 1]]
        for at in range(len(met)):
            added[met[at]] += taught[at]
        for at in range(len(met)):
            k = met[at]
            if k:
                rest = max(count[k] - added[k] - discount, 0.0)
                taught[at] = max(count[k] - discount, 0.0) - rest
                taught[at] /= (total_of[given[k - 1]] + mass) * p[k - 1]
        for k in met:
            added[k] = 0.0
    for k in range(size):
        t[k + 1] /= p[k]
    return t[1:], part


@inlined
def _shared(own: Floats, share: Floats, rows: int, columns: int, english: bool) -> None:
    """Divide what stands in a table of Chinese and English tokens by the sums of its columns (to
    explain each English token), or of its rows.
    """
    if english:
        share[:columns] = 1e-30
        for r in range(rows):
            for c in range(columns):
                share[c] += own[r * columns + c]
        for c in range(columns):
            share[c] = 1.0 / share[c]
        for r in range(rows):
            for c in range(columns):
                own[r * columns + c] *= share[c]
    else:
        for r in range(rows):
            total = 1e-30
            for c in range(columns):
                total += own[r * columns + c]
            total = 1.0 / total
            for c in range(columns):
                own[r * columns + c] *= total


@compiled
def merged(
    start: Ints,
    link: Ints,
    to_en: Floats,
    to_zh: Floats,
    z: Ints,
    e: Ints,
    new_en: Floats,
    new_zh: Floats,
    en_words: int,
) -> tuple[Ints, Ints, Floats, Floats]:
    """Learned links, and those of the lexicon that no bead shows; of both what is likelier than
    chance in some direction.
    """
    most = len(link) + len(z)
    row = np.zeros(len(start), np.int64)
    word = np.empty(most, np.uint32)
    out_en = np.empty(most)
    out_zh = np.empty(most)
    seen = np.full(en_words, -1, np.int64)
    n = 0
    k = 0
    for token in range(len(start) - 1):
        while k < len(z) and z[k] == token:
            seen[e[k]] = token
            if max(new_en[k], new_zh[k]) > 1.0:
                word[n], out_en[n], out_zh[n] = e[k], new_en[k], new_zh[k]
                n += 1
            k += 1
        for old in range(start[token], start[token + 1]):
            if seen[link[old]] != token and max(to_en[old], to_zh[old]) > 1.0:
                word[n], out_en[n], out_zh[n] = link[old], to_en[old], to_zh[old]
                n += 1
        row[token + 1] = n
    return row, word[:n].copy(), out_en[:n].copy(), out_zh[:n].copy()
