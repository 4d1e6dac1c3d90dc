"""Ids and digests: short, made of content and order, the same on every machine."""

from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b, sha256
from itertools import count

#: Hex digits of an id.
ID_LENGTH = 16


def make_id(*parts: str) -> str:
    """An id of 16 hex digits for a sequence of strings.

    Parts are length-prefixed, so ``("ab", "c")`` and ``("a", "bc")`` differ.

    >>> make_id("a", "b") == make_id("a", "b") != make_id("ab", "")
    True
    """
    data = b"".join(map(_with_length, parts))
    return blake2b(data, digest_size=ID_LENGTH // 2).hexdigest()


def numbered_ids(*parts: str) -> Iterator[str]:
    """The ids ``make_id(*parts, "0")``, ``make_id(*parts, "1")`` and so on, without end.

    >>> next(numbered_ids("a", "b")) == make_id("a", "b", "0")
    True
    """
    start = blake2b(digest_size=ID_LENGTH // 2)
    for part in parts:
        start.update(_with_length(part))
    for number in count():
        digest = start.copy()
        digest.update(_number(number))
        yield digest.hexdigest()


@lru_cache(maxsize=1024)
def _number(number: int) -> bytes:
    return _with_length(str(number))


def _with_length(part: str) -> bytes:
    data = part.encode("utf-8", "surrogatepass")
    return len(data).to_bytes(8, "little") + data


def text_sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, as hex digits."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
