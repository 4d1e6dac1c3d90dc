"""What lines of a site say; the forms are data: ``sayings.tsv``.

They count only together with the place of a line: below the text, or between its paragraphs.
"""

import re
from functools import cache
from pathlib import Path

from tasks.blocks.signs import any_part
from tasks.blocks.wordlists import read_table

#: What is searched for in whole lines is searched for only where one of these stands (small
#: letters): looking for a few words is much faster.
_SIGNS = {
    "about": any_part(
        (
            *("this ", "earlier ", "above", "edited", "condensed", "updated", "corrected"),
            *("amended", "moderated", "publish", "print", "adapt", "excerpt", "translat"),
            *("reproduc", "syndicat", "posted", "appeared", "author", "writer", "reviewer"),
            *("columnist", "contributor", "researcher", "machine", "generated", "assisted"),
        )
    ),
    "appeal": any_part(
        (
            *("support", "your ", "our ", "you,", "favo", "contribution", "donation", "gift"),
            *("like you", "chip in", "help us", "fund", "sustain", "power", "protect", "defend"),
            *("little as", "give "),
        )
    ),
}
_CHINESE_SIGNS = {
    "about": re.compile("[本此该原转轉授首章上]"),
    "appeal": re.compile("[您你每小定单單持助]"),
}


def says(what: str, text: str) -> bool:
    """Whether a line says anywhere that it is ``about`` its text, or makes an ``appeal``.

    >>> says("appeal", "Your gift keeps the light on."), says("appeal", "They gave a gift.")
    (True, False)
    """
    small = text.lower()
    return _has_sign(what, small) and saying(what).search(text) is not None


def _has_sign(what: str, small: str) -> bool:
    if _SIGNS[what].search(small) is not None:
        return True
    return not small.isascii() and _CHINESE_SIGNS[what].search(small) is not None


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
