"""Tokens of advertisements glued into sentences: cut out, the sentence kept.

A token is a long unbroken run of letters. It is cut only when at least two independent signs speak
against it, one of them its own make-up:

- it is glued to its neighbours (to one at least): no blank, and a change of case or a full stop
  where one belongs;
- the same run stands in several places of the document;
- it is no word, and falls apart into known words, one of them of the vocabulary of spam (or it
  falls apart into three or more words, and both other signs are there).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from models.records import DraftBlock, Removal, RemovalReason
from models.revise import trim
from tasks.blocks.english import is_common
from tasks.blocks.surgery import Excision, excise
from tasks.clean.vocabulary import fall_apart, spam_words

#: ``[A-Z]?[a-z]{9,}|[A-Z]{10,}(?![a-z])|[A-Z]{9,}(?=[A-Z][a-z])``, begun by one set: such a
#: search skips Chinese fast, and no part of a word is tried again.
_RUN = re.compile(
    r"[A-Za-z](?:(?<=[a-z])(?<![A-Za-z][a-z])[a-z]{8,}"
    r"|(?<=[A-Z])(?:[a-z]{9,}|[A-Z]{9,}(?![a-z])|[A-Z]{8,}(?=[A-Z][a-z])))"
)
#: A capital letter where a word was glued to the one before; most texts have none.
_GLUE = re.compile(r"[A-Z](?:(?<=[a-z].)|(?<=[\d.,;:!?)\"”’].)[a-z]{9}|[A-Z]{9})")
#: A long run of letters that is glued to something: what the search for runs is worth it for.
_MARKS = r'.,;:!?)"”’'
_GLUED_RUN = re.compile(
    rf"[A-Z0-9{_MARKS}](?:(?<=[a-z]{{9}}[A-Z0-9])|(?<=[A-Z])(?:[A-Z]{{8}}"
    rf"|(?<=[A-Za-z0-9{_MARKS}].)[a-z]{{9}})|(?<=[0-9{_MARKS}])[a-z]{{9}})"
)
_HAN = re.compile(r"[\u3400-\u9fff]")


class _Token(NamedTuple):
    """A run of letters at ``[start, end)`` of a block's text, and on which sides it is glued."""

    start: int
    end: int
    left: bool
    right: bool


def cut_spam_tokens(
    source: str, blocks: Sequence[DraftBlock]
) -> tuple[tuple[DraftBlock, ...], list[Removal]]:
    """``blocks`` without tokens of spam, each leaving one blank, and the records of them.

    A block may be empty afterwards.
    """
    found = [list(_suspects(block.text.text)) for block in blocks]
    if not any(found):
        return tuple(blocks), []
    seen = Counter(
        _letters(block, token)
        for block, tokens in zip(blocks, found, strict=True)
        for token in tokens
    )
    out: list[DraftBlock] = []
    removals: list[Removal] = []
    for block, tokens in zip(blocks, found, strict=True):
        cuts = [
            _excision(block.text.text, token)
            for token in tokens
            if _is_spam(_letters(block, token), token, seen)
        ]
        if cuts:
            text, gone = excise(source, block.text, cuts)
            removals += gone
            block = DraftBlock(block.kind, trim(text), block.label)
        out.append(block)
    return tuple(out), removals


def _letters(block: DraftBlock, token: _Token) -> str:
    return block.text.text[token.start : token.end].lower()


def _suspects(text: str) -> Iterator[_Token]:
    """Long runs of letters that are no common words, and fall apart into words."""
    if _GLUE.search(text) is None or _GLUED_RUN.search(text) is None:
        return
    for match in _RUN.finditer(text):
        run = match[0]
        start, end = match.span()
        left, right = _glued_left(text, start), _glued_right(text, end)
        if not (left or right) or is_common(run) or len(fall_apart(run)) < 2:
            continue
        yield _Token(start, end, left, right)


def _glued_left(text: str, start: int) -> bool:
    """Whether no blank stands where a word starts: a letter or digit, or the mark of a sentence."""
    before = text[start - 1 : start]
    if not before or before.isspace():
        return False
    if before in _MARKS:
        return start > 1 and text[start - 2].isalpha()
    return before.isalnum() and before.isascii()


def _glued_right(text: str, end: int) -> bool:
    """Whether a capital letter or a digit follows without a blank."""
    after = text[end : end + 1]
    return after.isascii() and (after.isupper() or after.isdigit())


def _is_spam(run: str, token: _Token, seen: Counter[str]) -> bool:
    words = fall_apart(run)
    glued = token.left + token.right
    repeated = seen[run] > 1
    if not spam_words().isdisjoint(words):
        return glued == 2 or repeated or (glued == 1 and len(words) > 2)
    return glued == 2 and repeated and len(words) >= 3


def _excision(text: str, token: _Token) -> Excision:
    """The token with the blanks around it; one blank stays, but none between Chinese characters."""
    start, end = token.start, token.end
    while start and text[start - 1] == " ":
        start -= 1
    while end < len(text) and text[end] == " ":
        end += 1
    before, after = text[start - 1 : start], text[end : end + 1]
    joint = "" if _HAN.match(before) or _HAN.match(after) or not before or not after else " "
    return Excision(start, end, RemovalReason.SPAM, "glued_token", joint)
