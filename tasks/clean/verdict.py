"""What a rule says of a block: why it leaves."""

from typing import NamedTuple

from models.records import RemovalReason


class Verdict(NamedTuple):
    """A block leaves the text for ``reason``; ``rule`` names who decided."""

    reason: RemovalReason
    rule: str


#: Verdicts by the block's place in the draft.
Verdicts = dict[int, Verdict]
