"""Fields that a page sets apart by its layout only, and that its text has without a blank between.

``Jane DoeMay 14, 2024``, ``Mar 4, 20246 min read``, ``某某晚报2024-09-03阅读866``: what a browser
gives when a page is copied.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from tasks.metadata.found import STRANGE, Found

_MONTH = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.? ?\d"
)
_DAY = r"(?:19|20)\d\d(?:[-/.]\d|\s?年)"
#: Where a field ends and the next begins: a blank belongs there.
_SEAM = re.compile(
    rf"(?<=[a-z\u3400-\u9fff])(?=(?:{_MONTH}|{_DAY}|(?:Published|Updated|Posted)\b))"
    rf"|(?<=[a-z])(?=(?:on|at|in): ?(?:{_MONTH}|\d|[A-Z]))"
    r"|(?<=(?:19|20)\d\d)(?=\d{1,2} ?min)"
    r"|(?<=\d)(?=(?:In|By|Posted|Published|Updated)[: ])"
    r"|(?<=[a-z\d])(?=(?:View [Mm]ore|Read [Mm]ore|See all|More from|Follow|Share|Save)\b)"
    r"|(?<=\d)(?=(?:阅读|閱讀|浏览|瀏覽|点击|點擊|人气|评论|来源|來源|作者|编辑|发布|字号|字体|分享)"
    r"|(?:[\u3400-\u9fff]{2,8}(?:官方(?:账号|帐号)|[报報网網])\Z))"
)
_LONGEST = 120


def read_unglued(
    text: str, read: Callable[[str], tuple[Found, ...] | None]
) -> tuple[Found, ...] | None:
    """The fields of a line with blanks at its seams, at their places in the line as it is."""
    if len(text) > _LONGEST:
        return None
    seams = [match.start() for match in _SEAM.finditer(text)]
    if not seams:
        return None
    parts = [text[a:b] for a, b in zip([0, *seams], [*seams, len(text)], strict=True)]
    found = read(" ".join(parts))
    if found is None or any(field.name == STRANGE for field in found):
        return None
    blanks = [seam + number for number, seam in enumerate(seams)]
    return tuple(_moved(field, blanks) for field in found)


def _moved(field: Found, blanks: Sequence[int]) -> Found:
    start, end, stop = (
        place - sum(blank < place for blank in blanks)
        for place in (field.start, field.end, field.stop)
    )
    return replace(field, start=start, end=end, stop=stop)


def read_capitals(
    text: str, read: Callable[[str], tuple[Found, ...] | None]
) -> tuple[Found, ...] | None:
    """The fields of a line in capitals, read as if only its words began with them."""
    if len(text) > _LONGEST or not text.isupper() or not text.isascii():
        return None
    found = read(text.title())
    said = any(field.labelled or field.date is not None for field in found or ())
    if found is None or not said:  # ``JANE DOE / THE MIRROR``: whose picture it is
        return None
    return tuple(
        replace(field, value=text[field.start : field.end]) if field.value else field
        for field in found
    )
