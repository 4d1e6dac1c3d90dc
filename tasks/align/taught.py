"""What the beads of an earlier pass themselves added to the links that they taught.

A model that is learned from beads and then asked about the same beads confirms them: a pair of
tokens that met nowhere else is a good translation there. So a bead is scored as if it had not been
learned from (leave-one-out): where two sentences stood in one bead, what that bead added to the
ratio of their tokens is taken off.
"""

from typing import NamedTuple

import numpy as np

from tasks.align.encode import Document, Floats, Ints, Side


class Taught(NamedTuple):
    """What beads taught of the tokens of one side, ``own``, given those of the other.

    ``bead`` is the bead of each own sentence, -1 for none. Bead ``b`` has the given tokens
    ``given_from[b]:given_to[b]`` (numbered over the document) and own tokens from ``own_from[b]``
    on; what given token ``x`` and own token ``k`` of it added stands in ``ratio``, at
    ``start[b] + (x - given_from[b]) * given_step[b] + (k - own_from[b]) * own_step[b]``. The sums
    over the tokens of given sentence ``s`` (of ``first_given[b]:last_given[b]``) stand in ``sums``,
    at ``sum_start[b] + (s - first_given[b]) * owns[b] + (k - own_from[b])``.
    """

    bead: Ints
    given_from: Ints
    given_to: Ints
    own_from: Ints
    start: Ints
    given_step: Ints
    own_step: Ints
    ratio: Floats
    first_given: Ints
    last_given: Ints
    owns: Ints
    sum_start: Ints
    sums: Floats


class TaughtBoth(NamedTuple):
    """What beads taught of the English tokens given the Chinese ones, and the other way."""

    en: Taught
    zh: Taught


def untaught(document: Document) -> TaughtBoth:
    """Before anything is learned."""
    none = np.zeros(0, np.int64)

    def of(side: Side) -> Taught:
        beads = np.full(side.sentences, -1)
        nothing = np.zeros(0, np.float32)
        return Taught(
            beads, none, none, none, none, none, none, nothing, none, none, none, none, nothing
        )

    return TaughtBoth(of(document.en), of(document.zh))
