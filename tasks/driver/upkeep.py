"""Keeping the work store small: runs drop what nobody needs any more."""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from tasks.driver.cleaning import Dropped, clean_work, size_of
from tasks.driver.store import Key, WorkStore

log = logging.getLogger("zhen")

#: What nobody needs is dropped when it is this share of what is needed, and so many bytes: writing
#: the rest anew then costs less than the runs that left so much behind did.
_WASTE = 0.5
_LEAST = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """What is kept in the work store: the results that the last so many ``publications`` were made
    of (0: all results); beyond ``store_bytes`` (0: no limit) only those of the last one.
    """

    publications: int = 3
    store_bytes: int = 0


#: The keeping of a run that sets none.
DEFAULT_KEEPING = Keeping()


def tidy_up(
    out: Path, work: Path, needed: Collection[Key], store: WorkStore, keeping: Keeping
) -> Dropped:
    """Drop what need not be kept after a publication; ``needed`` are the results that must be, by
    the references that were noted.

    What cannot be dropped is a warning: the corpus is published.
    """
    try:
        total = size_of(work / "work")
        live = sum(map(store.bytes_of, needed))
        if keeping.publications and _wasteful(total - live, live):
            dropped = clean_work(out, work, keeping.publications)
            total -= dropped.result_bytes
        else:
            dropped = Dropped()
        if 0 < keeping.store_bytes < total:
            dropped += clean_work(out, work)
            total = size_of(work / "work")
            if total > keeping.store_bytes:
                log.warning(
                    "the work store has %d MB, more than run.work_mb: all of it belongs to the "
                    "published corpus",
                    total // 1_000_000,
                )
    except OSError as error:
        log.warning("the work store could not be cleaned: %s", error)
        return Dropped()
    return dropped


def _wasteful(waste: int, live: int) -> bool:
    return waste >= _LEAST and waste >= live * _WASTE
