"""Bylines: ``By Jane Doe``, ``作者：王强``, ``文/王强 图/李明``, ``Reporting by … in …``."""

import re
from collections.abc import Sequence
from functools import cache

from tasks.metadata.found import Field, Found
from tasks.metadata.names import is_person, names_at
from tasks.metadata.values import value_end
from tasks.metadata.words import is_outlet, outlet_pattern, role_of, role_words

_BY = re.compile(r"(?:by|written by|story by|words by)\s{1,2}(?=[A-Z\u00c0-\u00de])", re.IGNORECASE)
_BY_NOBODY = re.compile(r"by\s{1,2}(?P<name>[\w ]{2,20})\Z", re.IGNORECASE)
_IN_PLACE = re.compile(
    r"\s(?:in|from|at)\s(?:the )?[A-Z][\w.'’\-]{0,20}(?: [A-Z][\w.'’\-]{0,20}){0,3}"
    r"(?:, [A-Z][\w.]{0,20})?"
)
_REPORTS = re.compile(
    r"\s?[/／]?\s?[\u3400-\u9fff]{0,6}?(?:报道|報導|報道|電|电|讯|訊|摄|攝|文)(?![\u3400-\u9fff])"
)
_WHO_IS = re.compile(
    r"\s?[（(][^（）()\d]{0,20}(?:教授|研究员|研究院|大学|学院|作家|作者|学者|博士|主任|编辑|记者|评论员|律师|医生)[）)]"
)
_STAFF = re.compile(
    r",? (?:staff|senior|chief|special|freelance) (?:\w{3,12} )?"
    r"(?:writer|reporter|correspondent|editor)"
)
_AFFILIATION = re.compile(
    r"\s?[,，|]\s?"
    r"(?P<what>[A-Z][\w.'’&\-]{0,20}(?: [A-Z][\w.'’&\-]{0,20}| of| and| the| for){0,4})"
)
_SLASH_OUTLET = re.compile(
    r"\s?[/／]\s?"
    r"(?P<what>[A-Z][\w.&\-]{1,20}(?: [A-Z][\w.&\-]{1,20}){0,3}|[\u3400-\u9fff]{2,8})"
)
_HIS_POSITION = re.compile(
    r"[\u3400-\u9fff·]{0,12}?(?:记者|記者|通讯员|评论员|编辑)\s{0,2}"
    r"(?=[\u3400-\u9fff]{2,4}(?![\u3400-\u9fff]))"
)
_FOR_OUTLET = re.compile(
    r" for (?:the )?(?P<what>[A-Z][\w.'’&\-]{1,24}(?: [A-Z][\w.'’&\-]{1,24}){0,4})"
    r"(?=\s?(?:\Z|[|,·]))"
)
_POSITION = re.compile(
    r"(?:(?:Staff|Senior|Chief|Special|Science|Business|Technology|Political|Health|Asia|China"
    r"|Europe|Economics|World|Data) ){0,3}"
    r"(?:[A-Z][a-z]{1,14} ){0,2}(?:Writer|Reporter|Correspondent|Editor|Contributor|Columnist"
    r"|Producer|News|Fellow"
    r"|Journalist)",
    re.IGNORECASE,
)


_HONORIFIC = re.compile(r"(?:(?:Prof|Dr|Mr|Mrs|Ms|Sir|Dame|Rev)\.? )+(?=[A-Z])")
_LABEL = r"(?:\s?by)?(?P<mark>\s?[:：/／|｜丨]\s?|\s{1,3})"
_MARK = re.compile(r"[:：/／|｜丨\s]")
_LONGEST_LABEL = 30


@cache
def _role_label() -> re.Pattern[str]:
    return re.compile(rf"(?P<role>{role_words()}){_LABEL}", re.IGNORECASE)


@cache
def _prefixed_role() -> re.Pattern[str]:
    """``新华社记者``, ``某某新闻编辑``."""
    return re.compile(
        rf"[\u3400-\u9fffA-Za-z·]{{2,10}}?(?P<role>{role_words()}){_LABEL}", re.IGNORECASE
    )


def read_byline(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """The persons of a byline, with the role that its label names."""
    nobody = _BY_NOBODY.match(text, at)
    if nobody is not None and not is_person(nobody["name"]):
        return [Found(Field.CREDIT, at, nobody.end(), nobody.end())]
    by = _BY.match(text, at)
    if by is not None and (agency := _agency(text, by.end())):
        return [agency]
    glued = _GLUED_REPORTER.match(text, at)
    if glued is not None:
        return _people(text, at, glued.end(), "reporter", marked=False)
    if by is None and _MARK.search(text, at, at + _LONGEST_LABEL) is None:
        return []
    if by is not None:
        return _people(text, at, by.end(), "author", marked=False)
    label = _role_label().match(text, at)
    if label is None and ("记者" in text or "記者" in text or "编辑" in text):
        label = _prefixed_role().match(text, at)
    if label is None:
        return []
    role = role_of(label["role"]) or ""
    return _people(text, at, label.end(), role, marked=bool(label["mark"].strip()))


#: ``（记者王强 李明）``, without a blank.
_GLUED_REPORTER = re.compile(
    r"(?:本报|本网|本刊|本台)?(?:记者|記者)(?=[\u3400-\u9fff]{2,4}(?:[\s、，,）)】]|\Z))"
)


def _agency(text: str, at: int) -> Found | None:
    """A known outlet where the name of an author stands (``By The Associated Press``)."""
    match = outlet_pattern().match(text, at)
    if match is None or text[match.end() : match.end() + 2].strip()[:1].isalnum():
        return None
    return Found(Field.OUTLET, match.start(), match.end(), match.end(), value=match[0])


def read_more_people(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """``… in London and Jane Doe in Paris``: more persons behind a place."""
    people = [found for found in before if found.field is not Field.TOOL]
    if not people or people[-1].field is not Field.PERSON:
        return []
    begin = at + 4 if text.startswith("and ", at) else at
    return _people(text, begin, begin, people[-1].name, marked=False)


def _people(text: str, at: int, begin: int, role: str, *, marked: bool) -> list[Found]:
    """The names from ``begin`` on; behind a marked label anything short is a name."""
    position = _HIS_POSITION.match(text, begin) if marked else None
    begin = position.end() if position else begin
    end = max(value_end(text, begin), begin) if marked else len(text)
    honorific = _HONORIFIC.match(text, begin)
    begin = honorific.end() if honorific else begin
    names, stop = names_at(text, begin, end, strict=not marked)
    roles = [start for start, _, name in names if role_of(name) is not None]
    if roles:  # the next byline
        names = [name for name in names if name.start < roles[0]]
        stop = names[-1].end if names else begin
    if not names:
        return []
    out = _prefix_outlet(text, at, role)
    for start, name_end, name in names:
        if is_outlet(name) and role != "photographer":
            out.append(Found(Field.OUTLET, start, name_end, stop, value=name))
        elif _POSITION.fullmatch(name):
            out.append(Found(Field.TOOL, start, name_end, stop))
        elif is_person(name) and not is_outlet(name):
            out.append(Found(Field.PERSON, start, name_end, stop, role, name, labelled=marked))
        else:
            out.append(Found(Field.CREDIT, start, name_end, stop))
    return out + _rest(text, stop, role)


def _prefix_outlet(text: str, at: int, role: str) -> list[Found]:
    """The outlet in front of a reporter (``新华社记者``)."""
    match = outlet_pattern().match(text, at)
    if match is None or role != "reporter":
        return []
    return [Found(Field.OUTLET, match.start(), match.end(), match.end(), value=match[0])]


def _rest(text: str, stop: int, role: str) -> list[Found]:
    """The place (``in Beijing``, ``北京报道``) or affiliation behind the names."""
    for pattern in (_WHO_IS, _STAFF, _REPORTS, _IN_PLACE):
        match = pattern.match(text, stop)
        if match is not None:
            return [Found(Field.TOOL, stop, match.end(), match.end())]
    match = _FOR_OUTLET.match(text, stop)
    if match is not None:
        start, end = match.span("what")
        return [Found(Field.OUTLET, start, end, end, value=match["what"])]
    for pattern in (_AFFILIATION, _SLASH_OUTLET):
        match = pattern.match(text, stop)
        if match is None:
            continue
        start, end = match.span("what")
        if is_outlet(match["what"]) and role != "photographer":
            return [Found(Field.OUTLET, start, end, end, value=match["what"])]
        if is_outlet(match["what"]) or _POSITION.fullmatch(match["what"]):
            return [Found(Field.TOOL, start, end, end)]
    return []
