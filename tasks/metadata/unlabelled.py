"""Bylines without a label: ``Jane Doe in Paris``, ``王强/文``, ``Jane Doe | 5 May 2024``.

A name with nothing to say so must surely be one (:func:`tasks.metadata.names.surely_person`), and
something beside it must be what stands beside names: a place, a paper, a date.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from tasks.blocks.english import is_common
from tasks.metadata.affiliations import behind_names, role_behind
from tasks.metadata.dates import date_at, time_then_day
from tasks.metadata.found import Field, Found
from tasks.metadata.names import ACCOUNT_KIND, Name, is_person, names_at
from tasks.metadata.names_beside import without_tail
from tasks.metadata.sure_names import likely_person, surely_named, surely_person
from tasks.metadata.words import (
    account_pattern,
    column_pattern,
    is_outlet,
    masthead_pattern,
    outlet_pattern,
    role_of,
    short_paper_pattern,
)

_HAN_NAME = r"(?:[\u3400-\u9fff]{2,4}|[\u3400-\u9fff](?=·))(?:·[\u3400-\u9fff]{1,6}){0,3}"
_SIGNED = re.compile(
    rf"(?P<name>(?:[\[（(【〔][\u3400-\u9fff]{{1,3}}[\]）)】〕]\s?)?{_HAN_NAME})"
    r"(?:\s?[/／]\s?|\s(?=\S{1,5}(?:\s|\Z|[,，、;；])))(?P<what>文|图|圖|摄|攝|摄影|攝影|译|譯|著|编译|編譯|绘|编|整理|画|报道|報導|報道)"
    r"(?:\s?[/／、&]\s?(?P<also>文|图|圖|摄|攝))?(?![\u3400-\u9fff/／])"
)
_SIGNS = {
    "報道": "reporter",
    "報導": "reporter",
    "著": "author",
    "绘": "designer",
    "画": "designer",
    "编": "editor",
}
#: ``（王强译）``: who translated it, without a blank.
_TRANSLATED = re.compile(r"(?<=[（(])(?P<name>[\u3400-\u9fff]{2,3})[译譯](?=[）)])")
_ORIGIN = re.compile(r"\A[\[（(【〔][\u3400-\u9fff]{1,3}[\]）)】〕]\s?")
_DESK = re.compile(
    rf"[\u3400-\u9fff]{{2,6}}(?:中心|組|组)\s?[/／]\s?(?:(?P<name>{_HAN_NAME})?[／/]?(?:\s?[\u3400-\u9fff]{{0,4}}?)"
    r"(?:报道|報導|報道|整理))(?![\u3400-\u9fff])"
)
_GLUED_DESK = re.compile(r"(?P<name>[\u3400-\u9fff]{2,3}?)(?:綜合|综合)?(?:报道|報導|報道)")
_VIA_PLACE = re.compile(r"[,，]?\s(?:in|reports from|reporting from|reports in)\s[A-Z]")
_NAME_OR_PLACE = r"[A-Z][\w.’' \-]{1,40}?"
_SENTENCE = re.compile(
    r"(?:(?P<paper>(?:The )?[A-Z][\w.&\-]{1,20}(?: [A-Z][\w.&\-]{1,20}){0,4}?)"
    r"(?:['’]s |(?:['’]s)? (?:staff )?"
    r"(?:writers?|reporters?|correspondents?|journalists?|researchers?) ))?"
    r"(?P<names>[A-Z][^;:!?\d]{3,160}?)"
    r" (?:also )?(?:contributed(?: (?:additional )?(?:reporting|research|writing|data"
    r"|photography))?"
    r"(?: (?:to|for) (?:this|the) (?:report|story|article|piece|post))?"
    r"|reported|wrote)(?P<rest>(?: (?:to this (?:report|story"
    rf"|article)))?(?: from {_NAME_OR_PLACE}(?:, [A-Z][\w.]{{1,20}})?)?)"
    rf"(?P<more>(?:(?:,|,? and|,? while) {_NAME_OR_PLACE}(?: reported"
    rf"| wrote)? from {_NAME_OR_PLACE}){{0,3}})"
    r"(?:\.|\Z)"
)
_PAPER_HELPED = re.compile(
    r"(?:The )?[A-Z][\w.’' ]{2,30} (?:also )?contributed to (?:this|the) (?:report"
    r"|story|article)\.?\Z"
)
_WRITTEN_BY = re.compile(
    r"(?:This|The) (?:story|article|piece|report|post|essay|column|feature|interview) was "
    r"(?:originally )?(?P<verb>written|reported|authored) by (?=[A-Z])"
)
#: ``Jane Doe is a staff reporter at the Mirror.``, ``Jane Doe can be reached at …``.
_ABOUT = re.compile(
    r"(?P<name>[A-Z][\w.'’\-]{1,20}(?: [A-Z][\w.'’\-]{0,20}){1,3}) (?:"
    r"(?P<reached>(?:can|may) be reached|is reachable) (?:at|via|on|by) \S[^!?]{4,120}"
    r"|(?:is (?:an? |the )?(?:[A-Za-z&\-]{2,14} ){0,4}?(?:reporter|writer|correspondent"
    r"|journalist|editor|columnist|contributor|fellow|intern)"
    r"|(?:reports|writes|covers [a-z, ]{4,40})) "
    r"(?:at|for|with|of|in) (?:the )?(?P<outlet>[A-Z][\w.'’&\-]{1,20}"
    r"(?: (?:[A-Z][\w.'’&\-]{1,20}|of|the|and)){0,4}))"
    r"\.?"
)
_TITLE_IN_FRONT = re.compile(
    r"(?:(?:Staff|Senior|Freelance|Associate|News|Digital|Special) )?"
    r"(?:Photojournalist|Journalist|Reporter|Writer|Correspondent|Editor|Producer|Photographer"
    r"|Researcher|Intern)s? "
)
_ONE_NAME = re.compile(r"[A-Z][\w'’\-]{1,20}")
_ALSO_FROM = re.compile(r"(?:, |,? and |,? while )(?P<who>[A-Z].+?)(?: reported| wrote)? from ")
#: The text of a picture of the author, and the name.
_PORTRAIT = re.compile(
    r"(?:Portrait|Photo|Picture|Headshot|Profile (?:picture|photo)) of "
    r"(?P<name>[A-Z][\w.'’ \-]{3,40}?) (?P=name)(?=\s?(?:\Z|[|,·•]))"
)
#: A cell between a name and a date.
_CELL = re.compile(r"(?:\s[/|·•]\s[A-Za-z][^/|·•\d]{1,20}|, [A-Z]{2,6})(?=\s[/|·•]\s)")
_PLACES = re.compile(r",? (?:in|from) (?:the )?[A-Z][\w.'’\-]{0,20}(?: [A-Z][\w.'’\-]{0,20}){0,2}")


def read_signed(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """``周小渔/文 吴江/图``, ``[美]约翰·格林 著 周小渔 译``, ``國際中心／周小漁報導``."""
    match = _SIGNED.match(text, at)
    if match is not None:
        name = _ORIGIN.sub("", match["name"])
        start = match.end("name") - len(name)
        signs = [sign for sign in (match["what"], match["also"]) if sign]
        roles = dict.fromkeys(_SIGNS.get(sign) or role_of(sign) or "" for sign in signs)
        if name in ("文", "图") or role_of(name):
            return []
        if "·" not in name and len(name) == 4 and not surely_person(name):
            return []
        return [
            Found(Field.PERSON, start, match.end("name"), match.end(), role, name, bare=True)
            for role in roles
        ]
    translated = _TRANSLATED.match(text, at)
    if translated is not None and surely_named(translated["name"]):
        start, end = translated.span("name")
        return [
            Found(Field.PERSON, start, end, end + 1, "translator", translated["name"], bare=True)
        ]
    desk = _DESK.match(text, at)
    if desk is None:
        return []
    head = text[desk.start() : desk.end()]
    cut = max(head.rfind("／"), head.rfind("/"))
    glued = _GLUED_DESK.fullmatch(text, desk.start() + cut + 1, desk.end())
    if glued is None or glued["name"] in ("綜合", "综合", "即時", "整理"):
        return [Found(Field.CREDIT, at, desk.end(), desk.end())]
    start, end = glued.span("name")
    return [Found(Field.PERSON, start, end, desk.end(), "reporter", glued["name"])]


#: ``王强/某某晚报``.
_NAME_AND_PAPER = re.compile(
    r"(?P<name>[\u3400-\u9fff]{2,3})\s?[/／]\s?(?P<paper>[\u3400-\u9fff]{3,10})(?=\s?(?:\Z|[|｜]))"
)


#: ``深度｜王小强``, ``【某某日报／王小强】``: nothing but a section or paper, and a name.
_SECTION_AND_NAME = re.compile(
    r"[【\[]?(?P<what>[\u3400-\u9fff]{2,8})\s?[|｜丨/／·]\s?(?P<name>[\u3400-\u9fff]{3,4})[】\]]?"
)


def _is_paper(name: str) -> bool:
    return is_outlet(name) or masthead_pattern().fullmatch(name) is not None


def read_named(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """A name in front of a place, a paper or a date; at the start of a line, or behind a date."""
    if not (text[at].isupper() or "\u3400" <= text[at] <= "\u9fff"):
        return []
    twice = _PORTRAIT.match(text, at)
    if twice is not None and likely_person(twice["name"]):
        start, end = twice.span("name")
        return [Found(Field.PERSON, start, end, twice.end(), "author", twice["name"], bare=True)]
    paper = _NAME_AND_PAPER.match(text, at) if not before else None
    if paper is not None and surely_named(paper["name"]) and _is_paper(paper["paper"]):
        (start, end), (begin, close) = paper.span("name"), paper.span("paper")
        return [
            Found(Field.PERSON, start, end, end, "author", paper["name"], bare=True),
            Found(Field.OUTLET, begin, close, close, value=paper["paper"]),
        ]
    section = _SECTION_AND_NAME.fullmatch(text) if not before and at < 2 else None
    if section is not None and surely_person(section["name"]):
        start, end = section.span("name")
        person = Found(Field.PERSON, start, end, len(text), "author", section["name"], bare=True)
        begin, close = section.span("what")
        paper_found = Found(Field.OUTLET, begin, close, close, value=section["what"])
        return [paper_found, person] if _is_paper(section["what"]) else [person]
    sent = text.startswith("From ", at)  # ``From Jane Doe in Paris``
    names, stop = _sure_names(text, at + 5 if sent else at, surely_person)
    if not names:
        names, stop = _sure_names(text, at, likely_person)
        follows = (
            _cell_and_date(text, stop) > stop
            or _date_follows(text, stop)
            or _VIA_PLACE.match(text, stop) is not None
        )
        if not names or not (follows or (before and _only_dates(before))):
            return []
    if not names or (sent and _VIA_PLACE.match(text, stop) is None):
        return []
    more = behind_names(text, stop, credit=False)
    end = more[-1].stop if more else stop
    close = _cell_and_date(text, end)
    if close > end:
        more = [*more, Found(Field.TOOL, end, close, close)]
        end = close
    place = _VIA_PLACE.match(text, stop)
    beside = any(field.date is not None or field.field is Field.OUTLET for field in before)
    if not (place or more or beside or _date_follows(text, end)):
        return []
    role = role_behind(text, more)
    people = [
        Found(Field.PERSON, start, name_end, stop, role, name, bare=True)
        for start, name_end, name in names
    ]
    return people + more


def _cell_and_date(text: str, at: int) -> int:
    """Where a cell ends that stands between a name and a date; ``at`` when there is none."""
    cell = _CELL.match(text, at)
    return cell.end() if cell is not None and _date_follows(text, cell.end()) else at


def _only_dates(before: Sequence[Found]) -> bool:
    return all(field.date is not None or field.field is Field.COUNTER for field in before)


def _sure_names(text: str, at: int, is_somebody: Callable[[str], bool]) -> tuple[list[Name], int]:
    names, stop = names_at(text, at, len(text), strict=True)
    names, _ = without_tail(text, names, stop)
    kept: list[Name] = []
    for name in names:
        if not is_somebody(name.name):
            break
        kept.append(name)
    return kept, kept[-1].end if kept else at


#: What stands between a name and a date.
_TO_DATE = re.compile(
    r"[\s|｜·•∙,，/／\-–—()（）\]】]{0,4}(?:(?:发布|发表|更新|發佈|發表)[于於在]\s?[:：]?\s?|[于於]\s?"
    r"|(?:(?:[Ll]ast )?[Uu]pdated|[Pp]ublished|[Pp]osted)(?: on)?\s?:?\s?)?"
)


def _date_follows(text: str, at: int) -> bool:
    match = _TO_DATE.match(text, at)
    begin = match.end() if match else at
    date = date_at(text, begin) or time_then_day(text, begin)
    return date is not None and date.precision not in ("month", "year")


#: ``某某笔名 发布于 2024-03-12 09:48``, ``Posted by hmoss at 2:14 AM``.
_WROTE = re.compile(
    r"(?!(?:发布|发表|發佈|發表|更新|编辑|编辑|上传|首发|最后)[于於在])"
    r"@?(?P<name>[^\s\d|｜：:，。,、（(\[【]{2,12})\s(?:发布|发表|發佈|發表)[于於在]\s?[:：]?\s?(?=\d)"
)
_POSTED_BY = re.compile(
    r"(?:posted|published|submitted|written|uploaded|added|created)(?: [^|·]{1,24}?)? by "
    r"(?P<name>[A-Za-z][\w.\-]{2,20})(?=\s?(?:\Z|[|·»:,@])|\s(?:at|on|in|to|under|from) )",
    re.IGNORECASE,
)


def read_nickname(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """The name that somebody gave themselves, where the line says that they wrote, and when."""
    if before:
        return []
    match = _WROTE.match(text, at) if "发" in text or "發" in text else None
    date = date_at(text, match.end()) if match is not None else None
    if match is not None and (date is None or not date.has_day or len(match["name"]) < 2):
        match = None
    stop = match.end() if match is not None else 0
    if match is None and " by " in text and text[at : at + 1].lower() in "pswuac":
        match = _POSTED_BY.match(text, at)
        if match is None or _FIGURE.search(text) is None or is_common(match["name"].lower()):
            return []
        stop = match.end()
    if match is None or not is_person(match["name"]) or is_common(match["name"].lower()):
        return []
    start, end = match.span("name")
    name = match["name"]
    found: list[Found] = []
    paper = _is_paper(name) or column_pattern().fullmatch(name) is not None
    field = Field.OUTLET if paper else Field.PERSON
    words = _WORD_START.finditer(text, match.start(), start) if match.re is _POSTED_BY else ()
    days = (date_at(text, word.start()) for word in words)
    day = next((day for day in days if day is not None and day.has_day), None)
    if day is not None:
        found.append(Found(Field.PUBLISHED, day.start, day.end, stop, date=day, labelled=True))
    found.append(Found(field, start, end, stop, "" if paper else "author", name, bare=True))
    return found


_WORD_START = re.compile(r"(?<=[\s:])[A-Z\d]")
_FIGURE = re.compile(r"\d")


def read_account_name(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """``快鲸科技·2024-11-19 08:02``: an account, and when it wrote; a weak form needs the date.

    Or ``2024-11-19 08:02 快鲸科技``, where the name ends the line.
    """
    if before:
        return _account_behind(text, at, before)
    match = short_paper_pattern().match(text, at) or account_pattern().match(text, at)
    if match is None:
        return []
    behind = re.compile(r"\s?[·•|｜∙]\s?|\s{1,3}").match(text, match.end())
    date = date_at(text, behind.end()) if behind else None
    if date is None or not (date.has_day or "T" in date.value):
        return []
    sure = short_paper_pattern().fullmatch(match[0]) or column_pattern().fullmatch(match[0])
    if "T" not in date.value and not sure:
        return []
    return [Found(Field.OUTLET, at, match.end(), match.end(), value=match[0])]


def _account_behind(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """An account at the end of a line that has but a day and time in front of it."""
    timed = [f for f in before if f.date is not None and f.date.has_day and "T" in f.date.value]
    if ACCOUNT_KIND.search(text) is not None:
        return []
    if len(before) != 1 or not timed or account_pattern().fullmatch(text, at) is None:
        return []
    return [Found(Field.OUTLET, at, len(text), len(text), value=text[at:])]


def read_contribution(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """``Jane Doe in Oslo contributed to this report.``, ``Jane Doe reported from Bonn.``"""
    written = _WRITTEN_BY.match(text, at)
    if written is not None:
        names, stop = names_at(text, written.end(), len(text), strict=True)
        role = "reporter" if written["verb"] == "reported" else "author"
        closed = stop >= len(text.rstrip(" .)"))
        return [
            Found(Field.PERSON, begin, close, len(text), role, name, labelled=True)
            for begin, close, name in (names if closed else ())
        ]
    about = _ABOUT.fullmatch(text) if at == 0 and text[0].isupper() else None
    if about is not None and likely_person(about["name"]):
        reached = about["reached"] is not None
        start, end = about.span("name")
        person = Found(Field.PERSON, start, end, len(text), "author", about["name"])
        person = replace(person, labelled=reached, bare=not reached)
        if not about["outlet"]:
            return [person]
        start = about.start("outlet")
        end = start + len(about["outlet"].rstrip("."))
        return [person, Found(Field.OUTLET, start, end, len(text), value=text[start:end])]
    helped = _PAPER_HELPED.match(text, at)
    if helped is not None and outlet_pattern().match(text, at) is not None:
        return [Found(Field.CREDIT, at, helped.end(), helped.end())]
    match = _SENTENCE.match(text, at)
    if match is None or ("contributed" not in match[0] and " from " not in match["rest"]):
        return []
    bare_verb = match[0].rstrip(".").endswith("contributed")
    out: list[Found] = []
    paper = match["paper"]
    if paper:
        start, end = match.span("paper")
        out.append(Found(Field.OUTLET, start, end, match.end(), "chain", paper, labelled=True))
    start, end = match.span("names")
    if _ONE_NAME.fullmatch(match["names"]) is not None and match["rest"]:
        return [Found(Field.CREDIT, at, match.end(), match.end())]  # named in full elsewhere
    while start < end:
        title = _TITLE_IN_FRONT.match(text, start)
        start = title.end() if title is not None else start
        names, stop = names_at(text, start, end, strict=True)
        if not names or (bare_verb and not all(surely_person(name.name) for name in names)):
            return []
        out += [
            Found(Field.PERSON, begin, close, match.end(), "reporter", name, labelled=True)
            for begin, close, name in names
        ]
        place = _PLACES.match(text, stop, end)
        start = place.end() if place else stop
        joint = re.compile(r",? and |, ").match(text, start, end)
        if joint is None and start < end:
            return []
        start = joint.end() if joint else start
    for also in _ALSO_FROM.finditer(text, *match.span("more")):
        names, stop = names_at(text, also.start("who"), also.end("who"), strict=True)
        if stop != also.end("who"):
            return []
        out += [
            Found(Field.PERSON, begin, close, match.end(), "reporter", name, labelled=True)
            for begin, close, name in names
        ]
    return out
