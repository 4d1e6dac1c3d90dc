"""What stays in the work store."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """What is kept in the work store: the results that the last so many ``publications`` were made
    of (0: all results); beyond ``store_bytes`` (0: no limit) only those of the last one.
    """

    publications: int = 3
    store_bytes: int = 0


#: The keeping of a run that sets none.
DEFAULT_KEEPING = Keeping()
