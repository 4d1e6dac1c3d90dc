"""Values in lines that an earlier stage took out: ``Jane Doe contributed to this report.``

Such a line is no text of the article, but what it says about the article counts.
"""

import re
from collections.abc import Sequence

from models.records import Removal, RemovalReason
from models.spans import TracedText
from tasks.metadata.fields import read_fields
from tasks.metadata.found import Field, Found

#: Rules whose lines name authors, or where the text was first published.
_RULES = frozenset(("first_published", "contributed", "print_version"))
_REASONS = frozenset(
    (RemovalReason.BOILERPLATE, RemovalReason.DISCLAIMER, RemovalReason.PAGINATION)
)
_KEPT = frozenset(
    (Field.PERSON, Field.OUTLET, Field.ORIGINAL_TITLE, Field.PUBLISHED, Field.UPDATED)
)
_LONGEST = 300
#: The paper and its day, above or below each page (``《某某晚刊》(2020年11月27日 07版)``).
_ISSUE_OF = re.compile(
    r"《[^《》]{2,20}》\s?[(（]\s?(?:19"
    r"|20)\d\d年\d{1,2}月\d{1,2}日[^()（）]{0,14}[)）]\Z"
)


def fields_of_removals(
    source: str, removals: Sequence[Removal]
) -> tuple[list[Removal], list[tuple[TracedText, tuple[Found, ...]]]]:
    """The removals without those that say something, and their texts with what they say."""
    kept: list[Removal] = []
    lines: list[tuple[TracedText, tuple[Found, ...]]] = []
    for gone in removals:
        found = _found(source, gone)
        if found:
            lines.append((TracedText.of(source, *gone.pieces[0]), found))
        else:
            kept.append(gone)
    return kept, lines


def _found(source: str, gone: Removal) -> tuple[Found, ...]:
    named = gone.rule in _RULES or _ISSUE_OF.match(gone.text.strip()) is not None
    if not named or len(gone.pieces) != 1 or len(gone.text) > _LONGEST:
        return ()
    if gone.reason not in _REASONS:
        return ()
    start, end = gone.pieces[0]
    text = source[start:end]
    fields = read_fields(text.rstrip()) or []
    said = [field for field in fields if field.field in _KEPT]
    if _ISSUE_OF.match(text.strip()) is not None:
        return tuple(fields)
    return tuple(fields) if said and all(field.labelled for field in said) else ()
