"""A short line in both languages: a title, a heading, a salutation (``背景 Background``)."""

import re
from dataclasses import dataclass

from models.records import Lang
from tasks.language.agreement import translates
from tasks.language.evidence import evidence
from tasks.language.script import HAN

#: A Chinese character; 丨 is a mark between two titles.
CHARACTER = HAN.replace("\u4e00-", "\u4e00-\u4e27\u4e29-")

_NUMBER = r"(?:\d{1,2}[.、]\s?|[一二三四五六七八九十]{1,3}、)?"
_BETWEEN = r"\s{0,3}[/|｜丨—–\-~～·•:：,，（(【\[]?\s{0,3}"
_ZH_SHORT = rf"[“《【]?[{CHARACTER}0-9、“”《》·]{{1,24}}[{CHARACTER}0-9”》】][：:，,！!？?。]?"
_EN_SHORT = r"[A-Z][A-Za-z0-9 '’&\-]{1,60}[A-Za-z0-9][：:，,！!？?.]?"
_ZH_FIRST = re.compile(rf"(?P<one>{_NUMBER}{_ZH_SHORT}){_BETWEEN}(?P<other>{_EN_SHORT})[）)】\]]?")
_EN_FIRST = re.compile(rf"(?P<one>{_NUMBER}{_EN_SHORT}){_BETWEEN}(?P<other>{_ZH_SHORT})[）)】\]]?")
_COLONS = ":："
_LONGEST = 90
#: What stands between two titles; a blank behind the Chinese one will do.
_MARKS = re.compile(r"\s{0,3}[|｜丨/／~～•·]{1,2}\s{0,3}|\s{1,3}[-–—]{1,3}\s{1,3}|\u3000|\s{2,3}")
_HAN = re.compile(f"[{CHARACTER}]")
_GAP = re.compile(r"[”’」』》！？]*\s{0,3}(?P<open>[（(【\[]?)(?=[A-Z0-9“\"'‘])")
_OPEN, _CLOSE = re.compile(r"[（(【\[]"), frozenset("）)】]")
_LEAST_WORDS, _FEW_WORDS, _LEAST_HAN = 2, 4, 3
_SHORTER = 0.4  # the shorter title says this share of the longer one


@dataclass(frozen=True, slots=True)
class Stretch:
    """``text[start:end]`` in one language; the marks around ``[inner_start, inner_end)`` go."""

    lang: Lang
    start: int
    end: int
    inner_start: int
    inner_end: int


def has_both(text: str) -> bool:
    """Whether a short line is words of one language and then words of the other."""
    if len(text) > _LONGEST or text.isascii():
        return False
    return any(pattern.fullmatch(text) is not None for pattern in (_ZH_FIRST, _EN_FIRST))


def short_pair(text: str, *, told: bool = False) -> list[Stretch]:
    """The halves of a heading or salutation in both languages, too short to tell by its length:
    one translates the other, or the page has several such headings (``told``).

    >>> [half.lang.value for half in short_pair("一、背景 Background")]
    ['zh', 'en']
    >>> short_pair("特斯拉 Model Y")
    []
    """
    if len(text) > _LONGEST:
        return []
    for pattern, first, second in ((_ZH_FIRST, Lang.ZH, Lang.EN), (_EN_FIRST, Lang.EN, Lang.ZH)):
        found = pattern.fullmatch(text)
        if found is None or not _alike(found["one"], found["other"]):
            continue
        if told or translates(found["one"], found["other"]):
            (start, end), (inner, stop) = found.span("one"), found.span("other")
            at = len(text) - len(text[end:].lstrip())
            mark = text[end - 1] in _COLONS and text[stop - 1] not in _COLONS  # between titles
            one = Stretch(first, start, end, start, end - mark)
            return [one, Stretch(second, at, len(text), inner, stop)]
    return []


def title_pair(text: str) -> list[Stretch]:
    """The halves of a title in both languages, one of which may have words of the other.

    >>> [half.lang.value for half in title_pair("GDP 增长放缓 | GDP growth slows down")]
    ['zh', 'en']
    """
    for mark in _MARKS.finditer(text):
        for lang in Lang:
            pair = _pair(text, lang, mark.start(), mark.end(), len(text))
            if pair:
                return pair
    if text[-1:] in _CLOSE:
        for bracket in _OPEN.finditer(text):
            end = len(text[: bracket.start()].rstrip())
            for lang in Lang:
                pair = _pair(text, lang, end, bracket.end(), len(text) - 1)
                if pair:
                    return pair
    han = [found.start() for found in _HAN.finditer(text)]
    if not han:
        return []
    return _behind(text, han[-1] + 1) or _before(text, han[0])


def _behind(text: str, han: int) -> list[Stretch]:
    """An English title behind the last Chinese character."""
    gap = _GAP.match(text, han)
    if gap is None or not gap[0]:
        return []
    stop = len(text) - (gap["open"] != "" and text[-1] in "）)】]")
    end = gap.start("open") if gap["open"] else gap.end()
    return _pair(text, Lang.ZH, len(text[:end].rstrip()), gap.end(), stop)


def _before(text: str, han: int) -> list[Stretch]:
    """An English title in front of the first Chinese character."""
    start = han
    while start and text[start - 1] in "“‘「『《":
        start -= 1
    bracket = start > 0 and text[start - 1] in "（(【["
    end = len(text[: start - bracket].rstrip())
    stop = len(text) - (bracket and text[-1] in "）)】]")
    return _pair(text, Lang.EN, end, start, stop) if end < start else []


def _pair(text: str, first: Lang, end: int, start: int, stop: int) -> list[Stretch]:
    """``text[:end]`` and ``text[start:stop]``, where they are titles in two languages."""
    one, other = text[:end], text[start:stop]
    chinese, english = (one, other) if first is Lang.ZH else (other, one)
    if _HAN.search(english) is not None or len(_HAN.findall(chinese)) < _LEAST_HAN:
        return []
    words = evidence(english).words
    if words < _LEAST_WORDS or not _alike(chinese, english):
        return []
    if words < _FEW_WORDS and not translates(chinese, english):
        return []  # a name
    second = Lang.EN if first is Lang.ZH else Lang.ZH
    at = len(text) - len(text[end:].lstrip())
    return [Stretch(first, 0, end, 0, end), Stretch(second, at, len(text), start, stop)]


def _alike(one: str, other: str) -> bool:
    """Whether two titles say about as much."""
    sizes = [found.chinese + found.words for found in (evidence(one), evidence(other))]
    return min(sizes) >= _SHORTER * max(sizes)
