"""A short line in both languages: a heading, a salutation (``背景 Background``)."""

import re
from dataclasses import dataclass

from models.records import Lang
from tasks.language.agreement import translates
from tasks.language.script import HAN

#: A Chinese character; 丨 is a mark between two titles.
CHARACTER = HAN.replace("\u4e00-", "\u4e00-\u4e27\u4e29-")

_NUMBER = r"(?:\d{1,2}[.、]\s?|[一二三四五六七八九十]{1,3}、)?"
_BETWEEN = r"\s{0,3}[/|｜丨—–\-~～·•:：,，（(【\[]?\s{0,3}"
_ZH_SHORT = rf"[“《]?[{CHARACTER}0-9、“”《》·]{{1,24}}[{CHARACTER}0-9”》][：:，,！!？?。]?"
_EN_SHORT = r"[A-Z][A-Za-z0-9 '’&\-]{1,60}[A-Za-z0-9][：:，,！!？?.]?"
_ZH_FIRST = re.compile(rf"(?P<one>{_NUMBER}{_ZH_SHORT}){_BETWEEN}(?P<other>{_EN_SHORT})[）)】\]]?")
_EN_FIRST = re.compile(rf"(?P<one>{_NUMBER}{_EN_SHORT}){_BETWEEN}(?P<other>{_ZH_SHORT})[）)】\]]?")
_COLONS = ":："
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class Stretch:
    """``text[start:end]`` in one language; the marks around ``[inner_start, inner_end)`` go."""

    lang: Lang
    start: int
    end: int
    inner_start: int
    inner_end: int


def short_pair(text: str) -> list[Stretch]:
    """The halves of a heading or salutation in both languages, too short to tell by its length:
    one translates the other.

    >>> [half.lang.value for half in short_pair("一、背景 Background")]
    ['zh', 'en']
    >>> short_pair("特斯拉 Model Y")
    []
    """
    if len(text) > _LONGEST:
        return []
    for pattern, first, second in ((_ZH_FIRST, Lang.ZH, Lang.EN), (_EN_FIRST, Lang.EN, Lang.ZH)):
        found = pattern.fullmatch(text)
        if found is not None and translates(found["one"], found["other"]):
            (start, end), (inner, stop) = found.span("one"), found.span("other")
            at = len(text) - len(text[end:].lstrip())
            mark = text[end - 1] in _COLONS and text[stop - 1] not in _COLONS  # between titles
            one = Stretch(first, start, end, start, end - mark)
            return [one, Stretch(second, at, len(text), inner, stop)]
    return []
