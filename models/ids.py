"""Ids and digests: short, made of content and order, the same on every machine."""

from hashlib import blake2b, sha256

#: Hex digits of an id.
ID_LENGTH = 16


def make_id(*parts: str) -> str:
    """An id of 16 hex digits for a sequence of strings.

    Parts are length-prefixed, so ``("ab", "c")`` and ``("a", "bc")`` differ.

    >>> make_id("a", "b") == make_id("a", "b") != make_id("ab", "")
    True
    """
    pieces: list[bytes] = []
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        pieces += (len(data).to_bytes(8, "little"), data)
    return blake2b(b"".join(pieces), digest_size=ID_LENGTH // 2).hexdigest()


def text_sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, as hex digits."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
