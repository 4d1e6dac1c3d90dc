"""Values in lines that an earlier stage took out: ``Jane Doe contributed to this report.``

Such a line is no text of the article, but what it says about the article counts.
"""

import re
from collections.abc import Sequence
from functools import cache

from models.records import Removal, RemovalReason
from models.spans import Span, TracedText
from tasks.metadata.fields import read_fields, read_later_fields
from tasks.metadata.found import Field, Found
from tasks.metadata.names import is_name, is_person
from tasks.metadata.sure_names import likely_person
from tasks.metadata.words import role_words

#: Rules whose lines may name authors, or where and when the text was published.
_RULES = frozenset(
    ("first_published", "contributed", "print_version", "about_article", "contact_author", "tags")
)
_REASONS = frozenset(
    (RemovalReason.BOILERPLATE, RemovalReason.DISCLAIMER, RemovalReason.PAGINATION)
)
_KEPT = frozenset(
    (Field.PERSON, Field.OUTLET, Field.ORIGINAL_TITLE, Field.PUBLISHED, Field.UPDATED)
)
#: Lines that name people, whatever else they are taken for.
_LABELLED = re.compile(
    r"[(（【\[]?\s?(?:本文)?(?:作者|记者|記者|编辑|責任編輯|责任编辑|责编|文字|摄影|撰文)\s?[^\s]"
)


@cache
def _credited() -> re.Pattern[str]:
    """A role with a mark behind it: who did what, among lines that were taken for furniture."""
    return re.compile(
        rf"[(（【\[]?\s?(?:{role_words()})\s?[:：|｜丨/／]"
        r"|[-–—(\[ ]{0,3}(?:(?:additional )?reporting|edit(?:ed|ing)|translated|translation"
        r"|written|words|text"
        r"|story|photo(?:s|graphs|graphy)?|pictures|illustrations?|compiled|research"
        r"|fact[- ]checked|interview"
        r"|with (?:files|inputs?|reporting|a report"
        r"|additional reporting))(?: and \w{4,12})? (?:by|from) "
        r"(?-i:[A-Z])",
        re.IGNORECASE,
    )


_LONGEST = 300
_LONGEST_NOTE = 90
_GAP = 9  # characters of blanks between two lines
#: The paper and its day, above or below each page (``《某某晚刊》(2020年11月27日 07版)``).
_ISSUE_OF = re.compile(
    r"《[^《》]{2,20}》\s?[(（]\s?(?:19"
    r"|20)\d\d年\d{1,2}月\d{1,2}日[^()（）]{0,14}[)）]\Z"
)


def fields_of_removals(
    source: str, removals: Sequence[Removal], front: Sequence[Span]
) -> tuple[list[Removal], list[tuple[TracedText, tuple[Found, ...]]]]:
    """The removals without those that say something, and their texts with what they say.

    ``front``: the stretches of the front matter; a count right beside one of them is the page's.
    """
    kept: list[Removal] = []
    lines: list[tuple[TracedText, tuple[Found, ...]]] = []
    ends = {end for _, end in front}
    starts = {start for start, _ in front}
    for gone in removals:
        found = _found(source, gone) or _count(source, gone, starts, ends)
        if found:
            lines.append((TracedText.of(source, *gone.pieces[0]), found))
        else:
            kept.append(gone)
    return kept, lines


def _found(source: str, gone: Removal) -> tuple[Found, ...]:
    start, end = gone.pieces[0]
    later = read_later_fields(source[start:end]) if len(gone.text) <= _LONGEST_NOTE else None
    if later is not None and len(gone.pieces) == 1:
        return tuple(later[1])  # ``This blog is closed. Updated …``
    named = (
        gone.rule in _RULES
        or _LABELLED.match(gone.text.strip()) is not None
        or _ISSUE_OF.match(gone.text.strip()) is not None
    )
    credited = len(gone.text) <= _LONGEST_NOTE and _credited().match(gone.text.strip()) is not None
    if not (named or credited) or len(gone.pieces) != 1 or len(gone.text) > _LONGEST:
        return ()
    if gone.reason not in _REASONS:
        return ()
    start, end = gone.pieces[0]
    text = source[start:end]
    fields = read_fields(text.rstrip()) or []
    said = [field for field in fields if field.field in _KEPT]
    if _ISSUE_OF.match(text.strip()) is not None:
        return tuple(fields)
    sure = (named and all(field.labelled for field in said)) or (
        credited and all(map(_is_somebody, said))
    )
    return tuple(fields) if said and sure else ()


def _is_somebody(field: Found) -> bool:
    """Whether a person's value has the form of a name; other fields always are what they say."""
    return field.field is not Field.PERSON or (
        field.value > ""
        and is_name(field.value)
        and is_person(field.value)
        and (field.labelled or likely_person(field.value))
    )


def _count(source: str, gone: Removal, starts: set[int], ends: set[int]) -> tuple[Found, ...]:
    """The count of a removed line (``12 comments``, ``赞 203``) right beside front matter."""
    if gone.reason is not RemovalReason.COMMENT or len(gone.pieces) != 1 or len(gone.text) > 24:
        return ()
    start, end = gone.pieces[0]
    before = source[max(0, start - _GAP) : start]
    above = start - len(before) + len(before.rstrip())
    below = end + len(source[end : end + _GAP]) - len(source[end : end + _GAP].lstrip())
    if above not in ends and below not in starts:
        return ()
    fields = read_fields(source[start:end].strip()) or []
    counted = all(field.field is Field.COUNTER for field in fields)
    if not counted or len(fields) != 1:
        return ()
    shift = len(source[start:end]) - len(source[start:end].lstrip())
    return tuple(field.moved(-shift) for field in fields)
