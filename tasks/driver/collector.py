"""Python's garbage collector, asked less often while a corpus is made.

Records hold no cycles, so what is done with goes by itself. The collector finds next to nothing in
them, and still looks through all that lives, lexicon and tables too: 3 to 8 % of a run.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = (100_000, 50, 100)


def collect_seldom() -> None:
    """Let this process, which does nothing but make corpora, collect seldom."""
    gc.set_threshold(*_SELDOM)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Collect seldom for a while, then as before.

    >>> with collecting_seldom():
    ...     gc.get_threshold()[0]
    100000
    """
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
