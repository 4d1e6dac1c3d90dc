r"""Names of inputs as the output files show them.

A shown path has ``/`` between its parts and is safe to print: bytes that are no UTF-8 and
characters that would break a line, hide or reorder text are written as ``\xNN`` or ``\uNNNN``,
and so is the backslash itself, so that two names never look alike.
"""

import os
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

#: Control, format (zero width, direction), surrogate and line-separating characters.
_UNSAFE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


def shown(name: str) -> str:
    r"""``name`` (as the operating system gave it) in a printable, unambiguous form.

    >>> shown("a\nb.txt"), shown(os.fsdecode(b"caf\xe9.txt")), shown("新闻 1.txt")
    ('a\\x0ab.txt', 'caf\\xe9.txt', '新闻 1.txt')
    """
    if name.isascii() and name.isprintable() and "\\" not in name:
        return name
    out: list[str] = []
    for char in name:
        code = ord(char)
        if 0xDC80 <= code <= 0xDCFF:  # a byte that os.fsdecode could not read
            out.append(f"\\x{code - 0xDC00:02x}")
        elif char == "\\" or unicodedata.category(char) in _UNSAFE:
            out.append(_escape(code))
        else:
            out.append(char)
    return "".join(out)


def _escape(code: int) -> str:
    if code < 0x80:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def root_names(roots: Sequence[Path]) -> dict[Path, str]:
    """A shown name for each of several input roots (absolute, distinct), all different.

    It is the last part of the path; roots that share it show as many parts as tell them apart.

    >>> root_names([Path("/a/news"), Path("/b/news"), Path("/c")]) == {
    ...     Path("/a/news"): "a/news", Path("/b/news"): "b/news", Path("/c"): "c"}
    True
    """
    parts = {root: [shown(part) for part in root.parts] for root in roots}
    depth = dict.fromkeys(roots, 1)
    while True:
        names = {root: "/".join(parts[root][-depth[root] :]) for root in roots}
        times = Counter(names.values())
        alike = [r for r in roots if times[names[r]] > 1 and depth[r] < len(parts[r])]
        if not alike:
            return names
        for root in alike:
            depth[root] += 1


def is_inside(path: str, root: str) -> bool:
    """Whether ``path`` is ``root`` or lies below it; both are real paths.

    >>> is_inside("/a/b", "/a"), is_inside("/ab", "/a"), is_inside("/a", "/")
    (True, False, True)
    """
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)
