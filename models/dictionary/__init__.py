"""Chinese terms and names that news of business, cars and technology is full of."""

import re
from functools import cache
from pathlib import Path

SHIPPED = Path(__file__).with_name("terms.txt")

# A line of a jieba user dictionary: word, frequency, part of speech; the last two may be missing.
_LINE = re.compile(r"(.+?)(?:\s+\d+)?(?:\s+[a-z]{1,3})?")


@cache
def shipped_terms() -> tuple[str, ...]:
    """The terms that ship with zhen."""
    return tuple(read_terms(SHIPPED))


def read_terms(path: Path) -> list[str]:
    """The terms of a file: one a line, ``#`` begins a comment; jieba's own format is read too.

    Raises OSError when the file cannot be read, ValueError when it is not UTF-8.
    """
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: not UTF-8 (byte {error.start})") from None
    lines = (line.partition("#")[0].strip() for line in text.split("\n"))
    return [match.group(1) for line in lines if (match := _LINE.fullmatch(line))]
