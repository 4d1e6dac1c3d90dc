"""Keeping the work store small: runs drop what nobody needs any more."""

import logging
from collections.abc import Collection

from tasks.driver.cleaning import Dropped, clean_work, store_size
from tasks.driver.keeping import Keeping
from tasks.driver.plan import Plan
from tasks.driver.store import Key, StoreError, WorkStore

log = logging.getLogger("zhen")

#: What nobody needs is dropped when it is this share of what is needed, and so many bytes: writing
#: the rest anew then costs less than the runs that left so much behind did.
_WASTE = 0.5
_LEAST = 50_000_000


def tidy_up(plan: Plan, needed: Collection[Key], store: WorkStore, keeping: Keeping) -> Dropped:
    """Drop what need not be kept after a publication; ``needed`` are the results that must be, by
    the references that were noted.

    What cannot be dropped is a warning: the corpus is published.
    """
    try:
        total = store_size(store.place)
        live = sum(map(store.bytes_of, needed))
        if keeping.publications and _wasteful(total - live, live):
            dropped = clean_work(plan.out, plan.work, keeping.publications, plan.store_url)
            total -= dropped.result_bytes
        else:
            dropped = Dropped()
        if 0 < keeping.store_bytes < total:
            dropped += clean_work(plan.out, plan.work, 1, plan.store_url)
            total = store_size(store.place)
            if total > keeping.store_bytes:
                log.warning(
                    "the work store has %d MB, more than run.work_mb: all of it belongs to the "
                    "published corpus",
                    total // 1_000_000,
                )
    except (OSError, StoreError) as error:
        log.warning("the work store could not be cleaned: %s", error)
        return Dropped()
    return dropped


def _wasteful(waste: int, live: int) -> bool:
    return waste >= _LEAST and waste >= live * _WASTE
