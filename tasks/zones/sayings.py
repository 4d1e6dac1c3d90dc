"""What lines of a site say; the forms are data: ``sayings.tsv``.

They count only together with the place of a line: below the text, or between its paragraphs.
"""

import re
from functools import cache
from pathlib import Path

from tasks.blocks.wordlists import read_table


@cache
def saying(what: str, *, any_case: bool = True) -> re.Pattern[str]:
    """The forms of one kind in one expression.

    >>> saying("about").search("This story was first published in May.") is not None
    True
    >>> saying("about").search("本文开头提到的那位船工，去年秋天去世了。")
    """
    rows = read_table(Path(__file__).with_name("sayings.tsv"))
    forms = [form for kind, form in rows if kind == what]
    return re.compile("|".join(forms), re.IGNORECASE if any_case else 0)
