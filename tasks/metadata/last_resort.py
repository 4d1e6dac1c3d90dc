"""Who wrote a page and when, from lines of the site that left, where nothing else says it.

A byline below a long inset, or the day at the foot of a post, may have left with the lines around
it. Where several such lines differ they are those of other stories, and none counts.
"""

import re
from collections.abc import Sequence

from models.records import Removal, RemovalReason
from models.spans import Span, TracedText
from tasks.metadata.fields import read_fields
from tasks.metadata.found import STRANGE, Field, Found
from tasks.metadata.sure_names import likely_person, surely_named

_LONGEST = 90
_SIGN = re.compile(
    r"\W{0,4}(?:[Bb]y|BY|(?:[Ww]ritten|[Pp]osted|[Pp]ublished|[Rr]eported) by|[Aa]uthors?"
    r"|作者|记者|記者|文[/|｜])\W"
    r"|\W{0,4}(?:[Pp]ublished|[Pp]osted|[Rr]eleased|[Dd]ate|发布|發布|發佈|发表|发稿|日期|时间|時間)"
)

Line = tuple[TracedText, tuple[Found, ...]]


def lines_left(
    source: str, removals: Sequence[Removal], top: Span, *, people: bool, day: bool
) -> tuple[list[Removal], list[Line]]:
    """The removals without the lines that name the author (``people``) or the day, and those.

    ``top``: from the first block of the page to its first paragraph; there a day needs no label.
    """
    named: list[tuple[Removal, Line]] = []
    dated: list[tuple[Removal, Line]] = []
    for gone in removals:
        if gone.reason is not RemovalReason.BOILERPLATE or len(gone.pieces) != 1:
            continue
        first, last = gone.pieces[0]
        whole = source[first:last]
        text = whole.strip()
        near = top[0] < first < top[1] and text[-4:].strip()[-1:].isdigit()
        if len(text) > _LONGEST or not (near or _SIGN.match(text) is not None):
            continue
        found = read_fields(text)
        if not found or any(field.name == STRANGE for field in found):
            continue
        start = first + len(whole) - len(whole.lstrip())
        line = (TracedText.of(source, start, start + len(text)), tuple(found))
        if people and any(map(_is_author, found)):
            named.append((gone, line))
        if day and any(_is_day(field, alone=near and len(found) == 1) for field in found):
            dated.append((gone, line))
    chosen: list[tuple[Removal, Line]] = []
    for lines in (named, dated):
        if lines and len({_values(line) for _, line in lines}) == 1 and lines[0] not in chosen:
            chosen.append(lines[0])
    taken = {id(gone) for gone, _ in chosen}
    return [gone for gone in removals if id(gone) not in taken], [line for _, line in chosen]


def _values(line: Line) -> tuple[str, ...]:
    return tuple(f.value or (f.date.value if f.date is not None else "") for f in line[1])


def _is_author(field: Found) -> bool:
    if field.field is not Field.PERSON or field.name not in ("author", "reporter"):
        return False
    return likely_person(field.value) or (field.value > "\u3400" and surely_named(field.value))


def _is_day(field: Found, *, alone: bool) -> bool:
    dated = field.field is Field.PUBLISHED or (alone and field.field is Field.DATE)
    return dated and field.date is not None and field.date.has_day
