"""Widgets in which a page's assistant offers itself in the first person, and its name above them.

The summary that a machine made stands right below such a line; the metadata stage, which comes
next, finds it by the rule names of this module.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from models.records import DraftBlock, RemovalReason
from tasks.blocks.wordlists import read_list
from tasks.clean.forms import bare_line
from tasks.clean.verdict import Verdict, Verdicts

#: The rule names under which lines of an assistant are removed.
ASSISTANT_LINE = "assistant_line"
ASSISTANT_NAME = "assistant_name"

_LONGEST_LINE = 200
_LONGEST_NAME = 24
_NOT_LETTER = re.compile(r"[\W_]+")


def assistant_lines(blocks: Sequence[DraftBlock]) -> Verdicts:
    """The lines of an assistant, and a line above them that is only its name."""
    found: Verdicts = {}
    for index, block in enumerate(blocks):
        text = block.text.text
        if len(text) > _LONGEST_LINE or block.label is not None or not is_assistant_line(text):
            continue
        found[index] = Verdict(RemovalReason.BOILERPLATE, ASSISTANT_LINE)
        if index and _is_name_of(blocks[index - 1], text):
            found[index - 1] = Verdict(RemovalReason.BOILERPLATE, ASSISTANT_NAME)
    return found


def is_assistant_line(text: str) -> bool:
    """Whether an assistant speaks, or a summary is called a machine's.

    >>> is_assistant_line("Hi, I'm NewsBot, I can summarize articles.")
    True
    """
    bare = bare_line(text).rstrip(".。!！").lower()
    return _pattern().fullmatch(bare) is not None


def _is_name_of(block: DraftBlock, line: str) -> bool:
    """Whether a short line without end mark is a name that the assistant's line says."""
    name = block.text.text
    if len(name) > _LONGEST_NAME or block.label is not None:
        return False
    letters = _NOT_LETTER.sub("", name.casefold())
    return len(letters) >= 2 and letters in _NOT_LETTER.sub("", line.casefold())


@cache
def _pattern() -> re.Pattern[str]:
    lines = read_list(Path(__file__).with_name("assistant_lines.txt"))
    return re.compile("|".join(f"(?:{line})" for line in lines))
