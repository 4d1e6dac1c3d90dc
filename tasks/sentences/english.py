"""Where English sentences end."""

import re
from collections.abc import Iterator

from tasks.sentences.marks import OPENING, Marks
from tasks.sentences.words import abbreviations, words

# End marks in a row; spaced full stops are an ellipsis: ``\.(?: \.){2,}|[.!?…。！？｡]+``, begun by
# one set, because such a search is fast.
_END = re.compile(r"[.!?…。！？｡](?:(?<=\.)(?: \.){2,}|[.!?…。！？｡]*)")
_FULL_WIDTH = frozenset("。！？｡")
_NEXT_WORD = re.compile(rf"\s*[{OPENING}\"'*_—–-]*\s?(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)?")
_DOTTED = re.compile(r"[A-Za-z]{1,3}(?:\.[A-Za-z]{1,3})+")
_MERIDIEM = re.compile(r"[ap]\.?m", re.IGNORECASE)
_LIST_NUMBER = re.compile(r"\(?(?:[0-9]{1,3}|[A-Za-z]|[ivxIVX]{1,5})")
# `"Really?" the minister asked.` and `"Why?" Li Ming said.`: the sentence goes on.
_SAID = re.compile(
    r"[ ](?:[\w.’'-]+[ ]){1,4}?"
    r"(?:said|says|asked|asks|added|adds|told|wrote|writes|replied|replies|"
    r"exclaimed|wondered|shouted|joked|quipped|cried|answered|recalled)\b"
    r"(?=[.,;]|[ ](?:in|at|on|to|with|during|after|when|as|of|by)\b|\Z)"
)
_TOKEN = re.compile(r"[A-Za-z0-9+&][A-Za-z0-9.&'’+]*\Z")
_REACH = 24  # so far back is a token looked for
_PLAIN = 6  # letters of a token that is no number, initial or time of day
_MARGIN = 8  # blanks before a list number; more are not looked through
_GLUED = re.compile(r"[A-Z][a-z]+(?=[\s,’'])|[AI](?=\s)")
_GLUED_BEFORE = re.compile(r"[a-z]{3,}\Z")


def ends(text: str) -> Iterator[int]:
    """The ends of the sentences of ``text`` but the last, closing marks included."""
    marks = Marks(text)
    start = 0
    for match in _END.finditer(text):
        if match.start() < start:
            continue
        end = marks.after_closers(match.end())
        if is_end(text, match, end, start):
            yield end
            start = end


def is_end(text: str, match: re.Match[str], end: int, start: int) -> bool:
    """Whether a sentence that began at ``start`` ends with the end marks of ``match``.

    ``end`` is where the closing marks after them end.
    """
    if match[0][-1] in _FULL_WIDTH:
        return True
    if end < len(text) and not text[end].isspace():
        return _is_glued(text, match, end)
    if match[0] in (".", "．"):
        return _stop_ends(text, match.start(), end, start)
    following = _following(text, end)
    if following[:1].islower() and not _is_brand(following):
        return False
    if match[0].startswith((".", "…")):  # an ellipsis: any capital may go on, as in a quotation
        return following == "" or not following[0].islower()
    before = _token_before(text, match.start(), start)
    if match[0] == "!" and before in words().banged and following not in words().starter:
        return False
    closed = end > match.end() and following not in words().starter
    return not (closed and _SAID.match(text, end))


def _is_glued(text: str, match: re.Match[str], end: int) -> bool:
    """An end without a blank: ``directly.The next``; not ``Node.js`` and ``Booking.com``."""
    if match[0] not in (".", "!", "?"):
        return False
    before = _GLUED_BEFORE.search(text, max(0, match.start() - 12), match.start())
    closed = end > match.end()
    return before is not None and (
        _GLUED.match(text, end) is not None or (closed and text[end].isupper())
    )


def _stop_ends(text: str, stop: int, end: int, start: int) -> bool:
    """Whether the full stop at ``stop`` ends a sentence; a blank or nothing follows ``end``."""
    following = _following(text, end)
    if not following:
        return True
    token = _token_before(text, stop, start)
    if end == stop + 1 and not _token_ends(text, stop, token, following, start):
        return False
    if following[0].islower():
        lists = words()
        return _is_brand(following) or (
            len(token) > 3
            and token.isalpha()
            and following.capitalize() in lists.starter
            and token not in lists.maybe
            and end == stop + 1
        )
    return True


def _token_ends(text: str, stop: int, token: str, following: str, start: int) -> bool:
    """Whether a stop right after ``token`` may end a sentence before ``following``."""
    if len(token) >= _PLAIN and token.isalpha() and token not in abbreviations():
        return True  # as nearly always
    lists = words()
    starter = following in lists.starter
    first = stop - len(token) - start <= _MARGIN and not text[start : stop - len(token)].strip()
    if token in lists.never or (first and _LIST_NUMBER.fullmatch(token)):
        return False
    if token in lists.number:
        return not following[0].isdigit()
    if _MERIDIEM.fullmatch(token):
        return following[0].isupper() and following not in lists.names
    if token in lists.maybe or _DOTTED.fullmatch(token):
        return starter or (token in ("etc", "Etc") and following[0].isupper())
    if len(token) == 1 and token.isupper() and token.isascii():
        counted = _token_before(text, stop - 2, start) in lists.counted
        return counted or (starter and following not in ("A", "I"))
    return True


def _following(text: str, at: int) -> str:
    """The word after ``at`` and any opening marks, or one character that begins no word."""
    match = _NEXT_WORD.match(text, at)
    assert match is not None  # of nothing, at the least
    return match["word"] or text[match.end() : match.end() + 1]


def _is_brand(word: str) -> bool:
    """A name with a small first letter: iPhone, eBay, xAI."""
    return word[0].islower() and not word[1:].islower() and len(word) > 1


def _token_before(text: str, at: int, start: int) -> str:
    """The token that ends at ``at``: ASCII letters and digits, with stops and ``&`` inside."""
    start = max(start, at - _REACH)
    before = text[start:at] if start < at else ""
    last = before[before.rfind(" ") + 1 :]
    if last.isalnum() and last.isascii():
        return last  # as nearly always
    match = _TOKEN.search(text, start, at)
    return match[0] if match else ""


def is_abbreviation(token: str) -> bool:
    """Whether ``token`` (without its last stop) is a known abbreviation.

    >>> is_abbreviation("Inc"), is_abbreviation("TSMC")
    (True, False)
    """
    return token in abbreviations()
