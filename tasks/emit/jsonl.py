"""Files of one JSON object a line, written and read as streams.

UTF-8, and a line ends with LF. U+0085, U+2028 and U+2029 are written as escapes, so that every
reader agrees on where a line ends, also one that splits as :meth:`str.splitlines` does.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from models.manifest import FileDigest

T = TypeVar("T")

# In UTF-8 these byte strings stand for these characters only, and JSON has them in strings only.
_LINE_ENDS = (
    (b"\xe2\x80\xa8", b"\\u2028"),
    (b"\xe2\x80\xa9", b"\\u2029"),
    (b"\xc2\x85", b"\\u0085"),
)
_LONE_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")
_ENCODER = msgspec.json.Encoder(order="deterministic")
_READ_SIZE = 1 << 20


class CorpusError(ValueError):
    """A folder or file is not what a corpus folder holds; the message is one line for the user."""


def encode_line(record: Any) -> bytes:
    r"""A record (or any value made of records and plain types) as JSON without a line end.

    Keys of tables (``dict``) are sorted. A lone surrogate, which no UTF-8 file can hold, becomes
    U+FFFD: one character for one, so positions stay true.

    >>> encode_line({"b": 1, "a": "x\u2028y"})
    b'{"a":"x\\u2028y","b":1}'
    """
    try:
        line = _ENCODER.encode(record)
    except UnicodeEncodeError:
        plain = json.dumps(
            msgspec.to_builtins(record, order="deterministic"),
            ensure_ascii=False,
            separators=(",", ":"),
        )
        line = plain.translate(_LONE_SURROGATES).encode()
    return _escaped(line)


def encode_lines(records: Sequence[Any]) -> bytes:
    r"""Records as lines: what :func:`encode_line` gives of each, with a line end.

    >>> encode_lines([{"b": 1, "a": "x\u2028y"}, 2])
    b'{"a":"x\\u2028y","b":1}\n2\n'
    """
    try:
        return _escaped(_ENCODER.encode_lines(records))
    except UnicodeEncodeError:
        return b"".join([encode_line(record) + b"\n" for record in records])


def _escaped(text: bytes) -> bytes:
    for raw, escaped in _LINE_ENDS:
        if raw in text:
            text = text.replace(raw, escaped)
    return text


def write_lines(path: Path, records: Iterable[Any]) -> FileDigest:
    """Write one record a line; the digest of the file, its ``count`` the number of records."""
    return write_raw(path, (encode_line(record) + b"\n" for record in records))


def write_raw(path: Path, chunks: Iterable[bytes]) -> FileDigest:
    """Write lines that are encoded already.

    A chunk holds any number of whole lines, each with its line end. Raises ValueError for a chunk
    that ends inside a line.
    """
    digest = hashlib.sha256()
    count = size = 0
    with open(path, "wb") as file:
        for chunk in chunks:
            if not chunk:
                continue
            if not chunk.endswith(b"\n"):
                raise ValueError(f"{path.name}: a chunk ends inside a line")
            file.write(chunk)
            digest.update(chunk)
            count += chunk.count(b"\n")
            size += len(chunk)
    return FileDigest(count, digest.hexdigest(), size)


def read_lines(path: Path, kind: type[T], *, skip: int = 0) -> Iterator[T]:
    """The records of a file, one at a time, without the first ``skip`` lines.

    Raises CorpusError when the file is missing, or with the number of the line that is not a
    ``kind`` or breaks off.
    """
    decoder = msgspec.json.Decoder(kind)
    for number, line in enumerate(islice(read_raw(path), skip, None), skip + 1):
        try:
            yield decoder.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise CorpusError(f"{path.name}, line {number}: {error}") from None


def read_raw(path: Path) -> Iterator[bytes]:
    """The undecoded lines of a file, with their line ends. Raises CorpusError as above."""
    try:
        file = open(path, "rb")  # noqa: SIM115 - closed below; only opening may fail as "missing"
    except OSError as error:
        raise CorpusError(f"{path}: {error.strerror}") from None
    with file:
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                raise CorpusError(f"{path.name}, line {number}: the file breaks off")
            yield line


def digest_file(path: Path) -> FileDigest:
    """The digest of any file; lines are counted in ``.jsonl`` files only."""
    digest = hashlib.sha256()
    count = size = 0
    with open(path, "rb") as file:
        while chunk := file.read(_READ_SIZE):
            digest.update(chunk)
            count += chunk.count(b"\n")
            size += len(chunk)
    return FileDigest(count if path.suffix == ".jsonl" else None, digest.hexdigest(), size)
