"""Datelines: agency, place, date and reporter at the start of the first paragraph.

They are part of the body's first sentence and stay there; what they say is metadata as well
(``in_body``). Forms: ``新华社北京3月5日电（记者 王强）``, ``本报讯（记者 王强）``,
``【某某网综合报道】``, ``BEIJING, March 5 (Xinhua) --``, ``(Reuters) -``,
``Some Daily, April 20, ...``.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from tasks.metadata.dates import date_at
from tasks.metadata.found import Field, Found
from tasks.metadata.names import Name, is_person, names_at
from tasks.metadata.places import place_before
from tasks.metadata.sure_names import surely_person
from tasks.metadata.words import (
    is_outlet,
    masthead_pattern,
    outlet_pattern,
    role_of,
    role_words,
)

_LONGEST = 120
_HAN = r"[\u3400-\u9fff]"
_OPENING = re.compile(r"[【〔\[（(]?\s?")
_OUTLET_END = re.compile(
    r"新闻网|社|网|報|报|台|日报|晚报|时报|商报|早报|新闻|财经|在线|周刊|杂志|观察|传媒"
)
_NOT_OUTLET = re.compile(
    r"[据據由在对對和与與向从從经經被把让讓给給]|[另又根依]据|[另又根依]據|援引|引述"
)
_LONGEST_OUTLET = 12
_SHORTEST_OUTLET = re.compile(
    rf"(?!{_NOT_OUTLET.pattern}|记者|記者)(?P<name>[\u3400-\u9fffA-Za-z]{{1,10}}?(?:{_OUTLET_END.pattern}))"
)
_NAME_OF_OUTLET = re.compile(r"[\u3400-\u9fffA-Za-z]{2,14}")
_CHINESE_REST = re.compile(
    rf"(?:客户端)?\s?(?P<place>{_HAN}{{0,8}}?)\s?"
    r"(?P<date>\d{1,2}\s?月\s?\d{1,2}\s?日|\d{4}年\d{1,2}月\d{1,2}日|\d{1,2}\s?日)\s?"
    r"(?:综合)?(?P<kind>电|電|讯|訊|消息|报道|報導|综合报道|专电)[，,：:\s】（(]?"
)
_CHINESE_PLAIN = re.compile(
    r"(?:综合)?(?:讯|訊|综合消息|消息|报道|综合报道)\s?(?=[（(【】，,：:\s]|记者)"
)
_PAPER_ITSELF = re.compile(rf"本(?:报|網|网|刊|台|社)(?:讯|訊|{_HAN}{{2,6}}?(?:电|讯))")
_IN_BRACKETS = re.compile(
    r"(?:\s{0,2}(?=[（(][\u3400-\u9fff·、，\s]{2,16}[)）])"
    r"|[^（(【]{0,40}?(?=[（(【]\s?[^（()）【】]{0,30}(?:记者|記者|编辑|通讯员|作者|文/|文丨|文｜)))"
    r"[（(【]\s?"
    r"(?P<inside>[^（()）【】]{2,60})[)）】]"
)
_REPORTER_LEAD = re.compile(
    rf"[【\[]?(?:{_HAN}|·){{0,14}}?(?:记者|記者)\s{{0,2}}(?={_HAN}{{2,4}}[\s、】\]])"
)

_BRACKET = re.compile(r"[【〔\[（(]\s?(?P<inside>[^【】〔〕\[\]（）()]{3,40})[】〕\]）)]")
_SAYS_SO = re.compile(
    r"记者|記者|编译|編譯|特派[员員]|通讯员|通訊員|(?:报道|報導|報道|电|電|讯|訊|消息)\s?\Z"
)
_REPORTER = re.compile(
    r"(?P<role>记者|記者|编译|編譯|特派员|特派員|通讯员|通訊員|实习生)\s?[:：/／]?\s{0,2}"
)
_DAY_IN_BRACKETS = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日")
_TAIL = re.compile(
    r"(?:(?:[\d一二三四五六七八九十]{1,3}月)?[\d一二三四五六七八九十]{1,3}日)?(?:綜合|综合|即時|专|專|連線)?(?:外)?(?:电|電|報導|报道|報道|讯|訊)\s?\Z"
)
_REPORTS = re.compile(
    rf"[\s，,：:]?\s?(?:本报|本網|本网)?(?:记者|記者)\s?(?P<name>{_HAN}{{2,4}}?)(?:摄影)?(?:报道|報導)[：:，,\s]"
)

_REPORTER_BARE = re.compile(
    rf"[\s，,：:]{{1,3}}(?:本报|本網|本网|首席|全媒体|见习|实习)?(?:记者|記者)[:：]?\s{{1,3}}(?={_HAN}{{2,4}}[\s：:])"
)
_CHINESE_SIGN = re.compile(r"[电電讯訊]|消息|报道|報導|報道|记者|記者")
_SIGN_WITHIN = 60
_THIS_PAPER = frozenset(("本报", "本報", "本台", "本网", "本網", "本社", "本刊", "总台", "本臺"))

_PLACE = (
    r"[A-Z][A-Z.'’\-]{1,20}(?:[ /][A-Z][A-Z.'’\-]{1,20}){0,3}"
    r"(?:, [A-Z][\w.]{1,20}(?: [A-Z]\w{1,20})?)?"
)
_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2}"
    r"(?:, (?:19|20)\d\d)?"
)
_ANY_PLACE = (
    r"[A-Z][\w.'’\-]{1,20}(?:[ /][A-Z][\w.'’\-]{1,20}){0,3}(?:, [A-Z][\w.]{1,20}"
    r"(?: [A-Z]\w{1,20})?)?"
)
_ENGLISH_PLACE = re.compile(
    rf"(?:{_ANY_PLACE}(?:,? (?P<date>{_MONTH}))?,?\s?-{{0,2}}|(?P<day>{_MONTH})\s)?"
    r"[(（](?P<name>[A-Za-z][\w.’' &\-]{1,30})[)）]\s?(?:[-–—]{1,3}|:)\s?"
)
_CAPITAL_OUTLET = re.compile(r"(?P<name>[A-Z]{2,20}(?: [A-Z]{2,20}){0,3}) [-–—]{1,2} ")
_NEWSWIRE = re.compile(
    rf"(?:{_PLACE},? )?(?P<date>{_MONTH})?\s?/(?P<name>[A-Z][\w.\- ]{{1,30}})/\s?[-–—]{{1,3}}\s"
)
_CHINESE_NEWSWIRE = re.compile(
    rf"{_HAN}{{0,8}}?\s?(?P<date>\d{{4}}年\d{{1,2}}月\d{{1,2}}日)?\s?/(?P<name>[^/\s]{{2,16}})/\s?[-–—]{{1,3}}"
)
#: A place, a date and an agency that no list knows: the dash behind them says that it is one.
_UNKNOWN_AGENCY = re.compile(
    rf"{_PLACE},? (?P<date>{_MONTH}),? "
    r"[(（](?P<name>[A-Z][\w.'’&\-]{1,20}(?: [A-Z][\w.'’&\-]{1,20}){0,3})[)）]"
    r"\s?[-–—]{1,3}\s"
)
_ENGLISH_DATE = re.compile(rf"{_ANY_PLACE}, (?P<date>{_MONTH})\s?[-–—]{{1,3}}\s")
_NAME_WORD = r"[A-Z][\w.'’&\-]{1,20}"
_ENGLISH_OUTLET = re.compile(
    rf"(?P<name>(?:The )?{_NAME_WORD}(?: (?:of|and|the|for|&|{_NAME_WORD})){{0,6}}),? (?:on )?"
    rf"(?P<date>{_MONTH}|\d{{1,2}} [A-Z][a-z]{{2,8}}(?: \d{{4}})?)(?:, | [-–—]{{1,2}} |: )"
)
_OUTLET_NOUN = re.compile(
    r"\b(?:Daily|News|Times|Post|Journal|Agency|Herald|Press|Weekly|Tribune|Gazette|Review|Observer"
    r"|Today|Online|Media|Television|TV|Radio|Telegraph|Guardian|Chronicle|Network|Wire|Newswire"
    r"|Standard|Mail|Magazine|Monthly|Business|Finance)\Z"
)


def read_dateline(text: str) -> list[Found]:
    """What the dateline at the start of a paragraph says; nothing when there is none.

    >>> found = read_dateline("新华社北京3月5日电（记者 王强）春耕开始了。")
    >>> [f.value or f.date.value for f in found]
    ['新华社', '--03-05', '王强']
    """
    head = text[:_LONGEST]
    first = head[:1]
    if first.isascii():
        if first.isupper() or first == "(":
            return _english(head)
        return _chinese(head) if first in "[(" else []
    return _chinese(head)


#: A line that is nothing but a dateline, whole or in brackets.
_ALONE = re.compile(
    r"[【〔\[（(]?[^，。！？；：:]{3,40}?(?:[电電讯訊]|报道|報導|報道)\s?"
    r"(?:[（(\s](?:本[报報网網]|实习|實習)?(?:记者|記者)[^，。！？；）)]{2,24}[）)]?)?[】〕\]）)]?"
)
_LONGEST_ALONE = 60


def read_dateline_alone(text: str) -> list[Found]:
    """What a dateline in a line of its own says (``（某某社河陵3月4日电 记者王强）``).

    >>> [f.value for f in read_dateline_alone("（海东社记者顾恬台北7日电）")]
    ['海东社', '顾恬']
    """
    if len(text) > _LONGEST_ALONE or _CHINESE_SIGN.search(text) is None:
        return []
    if _ALONE.fullmatch(text) is None:
        return []
    found = read_dateline(text)
    if not any(field.date is not None or field.field is Field.PERSON for field in found):
        return []
    return [replace(field, labelled=True) for field in found]


#: ``【明島專訊】``: whatever the paper's name is.
_OWN_REPORT = re.compile(
    r"[【\[](?P<name>(?!本|突|即|最|综|綜|快|独|獨|记|記|专|專)[\u3400-\u9fff]{2,8}?)(?:專訊|专讯|特訊|特讯)[】\]]"
)


def _chinese(head: str) -> list[Found]:
    own = _OWN_REPORT.match(head) if head[:1] in ("【", "[") else None
    if own is not None:
        start, end = own.span("name")
        return [Found(Field.OUTLET, start, end, end, value=own["name"])]
    newswire = _CHINESE_NEWSWIRE.match(head) if "/" in head[:40] else None
    if newswire is not None:
        return _english_found(newswire)
    if _CHINESE_SIGN.search(head, 0, _SIGN_WITHIN) is None:
        return []
    opening = _OPENING.match(head)
    at = opening.end() if opening else 0
    found: list[Found] = []
    itself = _PAPER_ITSELF.match(head, at)
    outlet = None if itself else _dateline_outlet(head, at)
    end = at
    if outlet is not None:
        rest = _CHINESE_REST.match(head, outlet.end())
        plain = _CHINESE_PLAIN.match(head, outlet.end()) if rest is None else None
        if rest is not None:
            end = rest.end() - 1
            date = date_at(head, rest.start("date"))
            found.append(_outlet(outlet))
            if date is not None:
                found.append(Found(Field.DATE, date.start, date.end, end, date=date))
        elif plain is not None:
            end = plain.end()
            found.append(_outlet(outlet))
        found = [f for f in found if f.value not in _THIS_PAPER]
    if (bracket := _BRACKET.match(head)) and (inside := _inside(head, *bracket.span("inside"))):
        if any(field.field is Field.PERSON for field in inside):
            return inside
        return inside + _in_brackets(head, bracket.end())
    lead = _REPORTER_LEAD.match(head) if outlet is None and itself is None else None
    if lead is not None:
        return _names(head, lead.end(), "reporter")
    if outlet is None and itself is None and not (at and "】" in head):
        return []
    stop = itself.end() if itself else end
    return found + (_in_brackets(head, stop) or _reports(head, stop))


def _dateline_outlet(head: str, at: int) -> re.Match[str] | None:
    """The outlet at the start of a dateline, with what must follow it."""
    known = outlet_pattern().match(head, at)
    if known is not None and _follows_outlet(head, known.end()):
        return known
    if _NOT_OUTLET.match(head, at) is not None:
        return None
    for end in _OUTLET_END.finditer(head, at + 1, at + _LONGEST_OUTLET):
        if _follows_outlet(head, end.end()):
            return _NAME_OF_OUTLET.fullmatch(head, at, end.end())
    return None


def _follows_outlet(head: str, at: int) -> bool:
    return (_CHINESE_REST.match(head, at) or _CHINESE_PLAIN.match(head, at)) is not None


def _outlet(match: re.Match[str]) -> Found:
    name = match[0]
    return Found(Field.OUTLET, match.start(), match.end(), match.end(), value=name)


@cache
def _role() -> re.Pattern[str]:
    return re.compile(rf"(?P<role>{role_words()})\s?[:：/丨｜|]?\s{{0,2}}", re.IGNORECASE)


def _in_brackets(head: str, at: int) -> list[Found]:
    """The reporters in brackets behind a dateline."""
    bracket = _IN_BRACKETS.match(head, at)
    if bracket is None:
        return []
    begin, end = bracket.span("inside")
    found: list[Found] = []
    names, stop = names_at(head[:end], begin, end, strict=True)
    if stop == end and _are_reporters(names):
        return [Found(Field.PERSON, a, b, b, "reporter", name) for a, b, name in names]
    for label in _role().finditer(head, begin, end):
        found += _names(head[:end], label.end(), role_of(label["role"]) or "")
    return found


def _are_reporters(names: Sequence[Name]) -> bool:
    """Whether names behind a dateline are people's: one surely, the others in the form of names."""
    return any(surely_person(name.name) for name in names) and all(
        surely_person(name.name) or len(name.name) < 4 for name in names
    )


def _inside(head: str, start: int, end: int) -> list[Found]:
    """Outlet, reporters, place and date in brackets at the start (``中央社記者X台北6日電``)."""
    inside = head[start:end]
    found: list[Found] = []
    if _SAYS_SO.search(inside) is None:
        return []
    label = _REPORTER.search(head, start, end)
    before = head[start : label.start()] if label else inside
    paper = outlet_pattern().match(head, start) or _SHORTEST_OUTLET.match(head, start)
    if paper is not None and paper.end() <= end and paper[0] not in _THIS_PAPER:
        found.append(_outlet(paper))
    elif paper is None and len(before.strip()) > 6:
        return []  # a sentence, not a dateline
    date = _DAY_IN_BRACKETS.search(head, start, end)
    if date is not None and (day := date_at(head, date.start())) is not None:
        found.append(Found(Field.DATE, day.start, day.end, day.end, date=day))
    if label is None:
        return found
    role = role_of(label["role"]) or "reporter"
    names, stop = names_at(head[:end], label.end(), end, strict=True)
    if names and (stop == end or head[stop] in "／/ ，,"):
        people = [(name.start, name.end, name.name) for name in names]
    else:
        people = _glued_name(head, label.end(), end)
    return found + [
        Found(Field.PERSON, a, b, b, role, name) for a, b, name in people if is_person(name)
    ]


def _glued_name(head: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """The name in front of a place (``周小漁台北6日電``): a known place, or three characters."""
    tail = _TAIL.search(head, start, end)
    if tail is None:
        return []
    cut = tail.start()
    place = place_before(head[:cut], cut)
    size = (place if place is not None and place > start else min(start + 3, cut)) - start
    if place is None and not 4 < cut - start < 8 and cut - start != 3:
        return []
    name = head[start : start + size]
    names, _ = names_at(name, 0, len(name), strict=True)
    return [(start, start + size, name)] if [found.name for found in names] == [name] else []


def _reports(head: str, at: int) -> list[Found]:
    """``… 记者周小渔报道：`` behind a dateline."""
    bare = _REPORTER_BARE.match(head, at)
    if bare is not None:
        names, stop = names_at(head, bare.end(), len(head), strict=True)
        if names and head[stop : stop + 1].isspace() and _are_reporters(names):
            return [Found(Field.PERSON, a, b, b, "reporter", name) for a, b, name in names]
    match = _REPORTS.match(head, at)
    if match is None or not names_at(match["name"], 0, len(match["name"]), strict=True)[0]:
        return []
    start, end = match.span("name")
    return [Found(Field.PERSON, start, end, end, "reporter", match["name"])]


def _names(head: str, at: int, role: str) -> list[Found]:
    names, stop = names_at(head, at, len(head), strict=True)
    return [
        Found(Field.PERSON, start, end, stop, role, name)
        for start, end, name in names
        if is_person(name)
    ]


def _english(head: str) -> list[Found]:
    match = _ENGLISH_PLACE.match(head)
    if match is not None and _is_agency(match["name"].split(" - ")[0]):
        return _english_found(match)
    match = _CAPITAL_OUTLET.match(head)
    if match is not None and _is_agency(match["name"].title()):
        return _english_found(match)
    match = _NEWSWIRE.match(head) or _UNKNOWN_AGENCY.match(head) or _ENGLISH_DATE.match(head)
    if match is not None:
        return _english_found(match)
    match = _ENGLISH_OUTLET.match(head)
    if match is not None and (is_outlet(match["name"]) or _OUTLET_NOUN.search(match["name"])):
        return _english_found(match)
    return []


def _is_agency(name: str) -> bool:
    return is_outlet(name) or masthead_pattern().fullmatch(name) is not None


def _english_found(match: re.Match[str]) -> list[Found]:
    groups = match.groupdict()
    found: list[Found] = []
    if groups.get("name"):
        start, end = match.span("name")
        found.append(Found(Field.OUTLET, start, end, end, value=match["name"]))
    when = "date" if groups.get("date") else "day"
    if groups.get(when):
        date = date_at(match.string, match.start(when))
        if date is not None:
            found.append(Found(Field.DATE, date.start, date.end, date.end, date=date))
    return found
