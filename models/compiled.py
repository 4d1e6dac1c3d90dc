"""How inner loops are compiled.

Numba compiles a loop when it is first called and keeps the machine code beside the module, or in
the user's cache folder where that cannot be written; ``NUMBA_CACHE_DIR`` names another place. A
compiled function must not read a value of another module: Numba would not see it change.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

_Loop = TypeVar("_Loop", bound=Callable[..., Any])


def compiled(loop: _Loop) -> _Loop:
    """A loop over arrays, compiled; other threads go on while it runs."""
    return cast(_Loop, njit(loop, cache=True, nogil=True, error_model="numpy"))


def inlined(loop: _Loop) -> _Loop:
    """A part of the compiled loops of its own module."""
    return cast(_Loop, njit(loop, error_model="numpy", inline="never"))


def code_points(text: str) -> NDArray[np.uint32]:
    """The characters of a text by number, for such loops.

    >>> code_points("a中").tolist()
    [97, 20013]
    """
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
