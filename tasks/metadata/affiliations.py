"""What stands behind the names of a byline: the place, what somebody is, whom they write for."""

import re
from collections.abc import Sequence

from tasks.metadata.found import Field, Found
from tasks.metadata.places import is_place
from tasks.metadata.words import (
    is_outlet,
    is_position,
    masthead_pattern,
    outlet_pattern,
    paper_words_pattern,
)

_MOST = 4  # parts behind the names
_WORD = r"[A-Z][\w.'’&\-]{0,24}"
_OUTLET_WORDS = rf"(?P<what>{_WORD}(?: (?:{_WORD}|of|and|the|for|&)){{0,5}})"
_IN_PLACE = re.compile(
    r"[,，]?\s(?:reporting |reports |reported )?(?:in|from"
    r"|at)\s(?:the )?[A-Z][\w.'’\-]{0,20}(?: [A-Z][\w.'’\-]{0,20}){0,3}"
    r"(?:, [A-Z][\w.]{0,20}(?![\w.]|\s[A-Z]))?"
)
_REPORTS = re.compile(
    r"\s?[/／]?\s?(?:发自)?[\u3400-\u9fff]{0,8}?(?:报道|報導|報道|电|電|电讯|讯|訊|摄|攝)(?![\u3400-\u9fff]|\s?[/／:：|｜丨])"
    r"|\s{0,2}[/／]?(?:文|图|圖|摄|攝)(?:\s?[/／、&]\s?(?:文|图|圖|摄|攝))?(?![\u3400-\u9fff]|\s?[/／:：|｜丨])"
    r"|\s(?:发自|發自)\s?[\u3400-\u9fff]{2,8}(?![\u3400-\u9fff])"
)
_REPORT_END = re.compile(r"(?:报道|報導|報道)\Z")
_WHO_IS = re.compile(
    r"\s?[（(][^（）()\d]{0,24}(?:教授|研究员|研究院|研究所|大学|学院|作家|作者|学者|博士|主任|编辑|记者|评论员|律师|医生|專家|专家)[）)]"
    r"|[,，]\s?[\u3400-\u9fff]{0,16}(?:教授|研究员|研究院|研究所|大学|学院|作家|学者|博士|主任|评论员|律师|医生|专家|系列作者)(?=[)）】]|\Z)"
)
_WHEN = re.compile(r"\s?[(（](?:now|earlier|later|until \w{1,12}|[\w ]{0,12}updates)[)）]")
_DEGREE = re.compile(
    r"\s?\((?:she|he|they)/(?:her|him|them)(?:/\w{4,6})?\)"
    r"|,? [A-Z]\w{2,16} (?:bureau|desk|newsroom)\b"
    r"|,? (?:PhD|Ph\.D\.|MD|M\.D\.|MBA|MA|RN|Esq\.?|CFA|JD)\b\.?"
)
_SCHOOL = re.compile(
    rf"[,，|/·•–—\-]?\s{{0,2}}(?:the )?(?:{_WORD} (?:of |for |and )?){{0,4}}"
    r"(?:University|Institute|College|School|Centre|Center|Academy|Foundation|Laboratory|Museum|Trust"
    r"|Hospital|Observatory)(?: (?:of|for"
    r"|at) [A-Z][\w.'’\-]{1,20}(?: (?:and )?[A-Z][\w.'’\-]{1,20}){0,3})?"
    r"(?=\s?(?:\Z|[|,;.)]))"
)
_POSITION_BEHIND = re.compile(
    r"\s?[,，|/·•–—\-(]?\s?(?:the )?(?P<what>(?:(?:[A-Z][\w&'’]{1,15}|of|and|staff|senior|chief"
    r"|special|freelance|political"
    r"|science|business|[a-z]{3,12})[ \-]){0,5}?"
    r"(?:writers?|reporters?|correspondents?|editors?|contributors?|columnists?|producers?|journalists?|fellow|anchor"
    r"|staff|bureau chief|analyst|critic|photographer|director|professor|lecturer|scientist"
    r"|researcher"
    r"|economist|historian|novelist|author|host|manager|president|founder|student|intern|blogger"
    r"|essayist|poet|lawyer|attorney|engineer|chair|consultant)\b)\)?(?!\s?[:：/／丨])",
    re.IGNORECASE,
)
_FOR_OUTLET = re.compile(
    rf"\s?[,，|/·•–—\-(]?\s?(?i:special (?:to|for)|for|of|via|with"
    rf"|courtesy of)\s(?:the )?{_OUTLET_WORDS}"
    r"(?=\s?(?:\Z|[|,·•)]))"
)
#: Whom a photographer works for, of any form (``Photo: Jane Doe/Fjordpress``).
_AGENCY = re.compile(rf"\s?[/／]\s?{_OUTLET_WORDS}(?=\s?(?:\Z|[|,·•)\]]))")
#: What else somebody wrote (``author of The Long Road``).
_OF_BOOK = re.compile(
    r",? (?:the |an? )?(?:co-?)?(?:author|writer|editor|translator|host|creator|founder) of"
    r" [^|·•()]{2,60}"
    r"(?=\s?(?:\Z|[|·•)]))"
)
_SPECIAL_TO = re.compile(
    rf"\s?[,，|/·•–—\-(]?\s?(?:[Ss]pecial|SPECIAL) (?:to|for"
    rf"|TO) (?:(?P<the>[Tt]he) )?{_OUTLET_WORDS}\)?"
)
_AFFILIATION = re.compile(rf"(?:\s?[,，|/／·•–—\-(]\s?|\s{{1,3}}){_OUTLET_WORDS}\)?")
_SLASH_OUTLET = re.compile(r"\s?[/／]\s?(?P<what>[\u3400-\u9fff]{2,8})(?![\u3400-\u9fff])")
_COMMA_PLACE = re.compile(
    r", (?P<what>[A-Z][\w.'’\-]{1,20}(?: [A-Z][\w.'’\-]{1,20}){0,2})(?=\s?(?:\Z|[|]))"
)
_REACH = re.compile(
    r"\s?[|,·•\-–—]?\s?(?:[\w.+\-]{1,40}@[\w\-]{1,40}(?:\.[\w\-]{1,20}){1,4}|@\w{2,30}|[(（]@\w{2,30}[)）])"
)
_AND_AGENCIES = re.compile(
    r",? (?:and|with|&) (?:(?:news )?agencies|wires?|staff|wire (?:reports|services)"
    r"|news services)\b",
    re.IGNORECASE,
)
_ON_DAY = re.compile(r" on (?=(?:[A-Z][a-z]{2,8}\.?,? )?\d|[A-Z][a-z]{2,8}\.? \d)")
_AND_OUTLET = re.compile(rf",? (?:and|with|&) {_OUTLET_WORDS}")


def behind_names(text: str, at: int, *, credit: bool) -> list[Found]:
    """The fields behind the names that end at ``at``; ``credit``: an agency is no outlet there."""
    out: list[Found] = []
    for _ in range(_MOST):
        found = _next(text, at, credit=credit)
        if found is None:
            break
        out.append(found)
        at = found.stop
    return out


def role_behind(text: str, behind: Sequence[Found]) -> str:
    """The role of a name without a label: a reporter's where ``…／台北報導`` stands behind it."""
    reports = any(_REPORT_END.search(text, field.start, field.stop) for field in behind)
    return "reporter" if reports else "author"


def _next(text: str, at: int, *, credit: bool) -> Found | None:
    for pattern in (_WHO_IS, _WHEN, _DEGREE, _AND_AGENCIES, _REACH, _ON_DAY, _IN_PLACE, _REPORTS):
        match = pattern.match(text, at)
        if match is not None:
            return Found(Field.TOOL, at, match.end(), match.end())
    special = _SPECIAL_TO.match(text, at)
    if special is not None:
        start = special.start("the") if special["the"] == "The" else special.start("what")
        end = special.end("what")
        return Found(Field.OUTLET, start, end, special.end(), value=text[start:end])
    book = _OF_BOOK.match(text, at)
    if book is not None:
        return Found(Field.TOOL, at, book.end(), book.end())
    given = _FOR_OUTLET.match(text, at)
    if given is None and credit:
        given = _AGENCY.match(text, at)
    if given is not None:
        start, end = given.span("what")
        if credit:
            return Found(Field.CREDIT, start, end, given.end())
        return Found(Field.OUTLET, start, end, given.end(), value=given["what"])
    school = _SCHOOL.match(text, at)
    if school is not None:
        return Found(Field.TOOL, at, school.end(), school.end())
    for pattern in (_AFFILIATION, _SLASH_OUTLET, _AND_OUTLET):
        match = pattern.match(text, at)
        found = _outlet(text, match, credit=credit) if match is not None else None
        if found is not None:
            return found
    position = _POSITION_BEHIND.match(text, at)
    if position is not None and is_position(position["what"]):
        return Found(Field.TOOL, at, position.end(), position.end())
    place = _COMMA_PLACE.match(text, at)
    if place is not None and is_place(place["what"]):
        return Found(Field.TOOL, at, place.end(), place.end())
    return None


def _outlet(text: str, match: re.Match[str], *, credit: bool) -> Found | None:
    """The outlet at the start of what stands behind a name."""
    start = match.start("what")
    name = (
        outlet_pattern().match(text, start)
        or masthead_pattern().match(text, start)
        or paper_words_pattern().match(text, start)
    )
    if name is None or (name.end() < match.end("what") and text[name.end()] not in " ,"):
        return None
    if is_position(name[0]) and not is_outlet(name[0]) and not name[0].endswith("News"):
        return None  # ``Arts Reporter``
    rest = text[name.end() : match.end("what")].strip()
    if rest and not is_position(rest):
        return None
    if " " not in name[0] and re.match(r" [a-z]", text[name.end() : name.end() + 2]):
        return None  # ``Science correspondent``
    if credit:
        return Found(Field.CREDIT, start, name.end(), match.end())
    return Found(Field.OUTLET, start, name.end(), match.end(), value=name[0])
