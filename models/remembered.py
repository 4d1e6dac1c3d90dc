"""What a function gives for words, kept: most words of a text have been met before."""

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Remembered(dict[K, V]):
    """Values of a function, each worked out when it is looked up first; as ``functools.lru_cache``
    has them, but a look-up costs half as much. With ``most`` values all are forgotten.

    >>> squares = Remembered(lambda x: x * x, most=2)
    >>> squares[3], list(map(squares.__getitem__, [1, 2])), dict(squares)
    (9, [1, 4], {2: 4})
    """

    def __init__(self, function: Callable[[K], V], *, most: int) -> None:
        super().__init__()
        self._function = function
        self._most = most

    def __missing__(self, key: K) -> V:
        value = self._function(key)
        if len(self) >= self._most:
            self.clear()
        self[key] = value
        return value
