"""Bylines with a label: ``By Jane Doe``, ``作者：王强``, ``文/王强 图/李明``, ``Editing by …``."""

import re
from collections.abc import Sequence
from functools import cache

from tasks.metadata.affiliations import behind_names
from tasks.metadata.found import Field, Found
from tasks.metadata.names import ORIGIN, Name, is_name, is_person, names_at
from tasks.metadata.names_beside import without_tail
from tasks.metadata.offices import no_office
from tasks.metadata.places import is_place
from tasks.metadata.sure_names import likely_person, surely_person
from tasks.metadata.values import value_end
from tasks.metadata.words import (
    is_outlet,
    is_position,
    masthead_pattern,
    outlet_pattern,
    role_of,
    role_starts,
    role_words,
)

_BY = re.compile(
    r"(?:by|(?:from )?our (?:own )?(?:correspondents?|reporters?)[,:]?)\s?[:：]?\s{1,2}"
    r"(?:(?:our |the )?(?-i:(?:[a-z]{3,14}[ -]){0,3}"
    r"(?:reporter|correspondent|editor|writer|columnist|producer|critic)s?) )?"
    r"(?=(?-i:[A-Z\u00c0-\u00de])|[\u3400-\u9fff·]{2,8}(?:\Z|\s))",
    re.IGNORECASE,
)
#: What somebody calls themselves on a blog (``Posted on May 6, 2024 by hmoss``).
_NICKNAME = re.compile(r"by\s(?P<name>[A-Za-z][\w.\-]{2,20})\Z")
_BY_NOBODY = re.compile(
    r"by\s{1,2}(?:(?:our|a|the) )?(?:own |staff |special )?"
    r"(?:(?:news|web|city|national|world|business|sports|online|digital|foreign) (?:desk|team"
    r"|staff)|newsroom"
    r"|correspondents?|reporters?|staff(?: (?:writers?|reporters?|reports?))?|agencies"
    r"|(?:staff|wire)(?: (?:and|&) (?:staff|wires?|agencies))? (?:reports?|services|dispatches)"
    r"|editorial (?:board|team|staff|desk)|editors|wires?)(?!\w|\s[A-Z])"
    r"|(?:compiled )?from (?:staff|wire|agency|news service)(?: and (?:staff"
    r"|wire))? (?:reports|services)\b"
    r"|(?:a )?staff reports?\Z"
    r"|with (?:inputs?|files|reports?|additional reporting) from (?:news |wire )?(?:agencies"
    r"|wires?)(?!\w)"
    r"|from (?:our|a) (?:own |special )?correspondent\b(?: in [A-Z][\w ]{2,24})?"
    r"|by\s{1,2}(?P<name>[\w ]{2,20})\Z",
    re.IGNORECASE,
)
_TITLE_OF_HONOUR = re.compile(
    r"(?:(?:Prof|Professor|Dr|Mr|Mrs|Ms|Mx|Sir|Dame|Rev|Lord|Lady|Ir|Ing|Capt|Col|Gen|Lt|Sgt|Sen|Rep|Fr)"
    r"\.? )+(?=[A-Z])"
)
_MARK_AT = r"(?P<mark>\s?[:：/／|｜丨●．]\s?|(?<=[\u3400-\u9fff])_(?=[\u3400-\u9fff])|\s{1,3}(?!&))"
_MARK = re.compile(r"[:：/／|｜丨●．_\s]")
_LONGEST_LABEL = 30
_WRITERS = re.compile(r"\s(?:staff )?(?:writers?|reporters?|correspondents?)\s(?=[A-Z])")
_STAFF = re.compile(
    r"(?:['’]s)? (?:staff|newsroom|reporters?|correspondents?|writers?|web desk|news desk|team"
    r"|editors)\b"
    r"(?: (?:writers?|reporters?|report))?(?:,? (?:and|with) (?:agencies|wires?|staff))?",
    re.IGNORECASE,
)
#: Behind a reporter's name: the picture is theirs.
_TAKEN = re.compile(
    r"(?:\s{0,2}[/／]?(?:摄影|攝影|摄|攝)|(?:\s{1,2}|\s?[/／])(?:图|圖))(?=\s{0,3}(?:\Z|[)）】]))"
)
_HIS_POSITION = re.compile(
    r"[\u3400-\u9fff·]{0,12}?(?:记者|記者|通讯员|通訊員|评论员|編輯|编辑|主任|教授|编译|实习生)\s{0,2}"
    r"(?=[\u3400-\u9fff]{2,4}[摄攝]?(?![\u3400-\u9fff]))"
)


@cache
def _role_label() -> re.Pattern[str]:
    one = role_words()
    return re.compile(
        rf"(?:(?-i:An?|The|Our) (?=[a-z ]{{4,30}} by\b))?(?P<role>{one})(?:\(s\))?"
        rf"(?P<also>(?:\s?[/／、&+和・·]\s?|\sand\s)(?:{one})){{0,2}}(?:\s?by\b)?{_MARK_AT}",
        re.IGNORECASE,
    )


@cache
def _prefixed_role() -> re.Pattern[str]:
    """``新华社记者``, ``某某新闻编辑``."""
    return re.compile(
        rf"(?P<who>[\u3400-\u9fffA-Za-z·\-]{{2,10}}?)(?P<role>{role_words()})(?P<also>){_MARK_AT}",
        re.IGNORECASE,
    )


#: ``（记者王强 李明）``, ``編譯周小漁／綜合報導``, without a blank.
_GLUED = re.compile(
    r"(?:本报|本報|本网|本刊|本台|首席|实习|見習|见习|特约|特派|全媒体|融媒体|高级|资深){0,3}"
    r"(?P<role>作者(?![^，,]{2,4}[，,]?\s?(?:系|为|是))|撰文|记者|記者|編譯|编译|通讯员|通訊員|实习生|實習記者|特派員|特约记者"
    r"|文字|摄影|攝影|摄像|责任编辑|責任編輯|责编|責編|编辑|編輯|校对|校對|审核|制图|翻译|译者|譯者)"
    r"(?=(?!丨)[\u3400-\u9fff]{2,4}(?:[\s、，,）)】〕／/]|\Z))"
)
#: ``記者許育誠花蓮報導``, ``记者王小强北京报道``: a name of three characters, and from where.
_NAME_AND_PLACE = re.compile(
    r"(?:记者|記者|特派员|特派員)\s?(?P<name>[\u3400-\u9fff]{3})\s?[/／]?\s?[\u3400-\u9fff]{2,4}?"
    r"(?:\d{1,2}日)?(?:综合|綜合)?(?:报道|報導|報道|电|電|讯|訊)(?![\u3400-\u9fff])"
)
_OUTLET_IN_FRONT = re.compile(
    r"(?P<outlet>[\u3400-\u9fff]{2,8}?)》?(?=(?:首席|实习|见习|特派|特约|全媒体|驻[\u3400-\u9fff]{1,6})?(?:记者|記者|编译|編譯))"
)


#: A second label right behind the first.
_AGAIN = re.compile(
    r"(?:[Bb]y|BY)\s{1,2}(?=[A-Z])|[文图圖摄攝译譯]\s?[/／|｜]\s?(?=[\u3400-\u9fff])"
)


def read_byline(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """The persons of a byline, with the role that its label names."""
    by = _BY.match(text, at)
    if by is not None and (agency := _agency(text, by.end())):
        return agency
    nobody = _BY_NOBODY.match(text, at)
    if nobody is not None and not is_person(nobody["name"] or "staff"):
        return [Found(Field.CREDIT, at, nobody.end(), nobody.end())]
    nickname = _NICKNAME.match(text, at)
    if nickname is not None and any(f.date is not None and f.date.has_day for f in before):
        start, end = nickname.span("name")
        return [Found(Field.PERSON, start, end, end, "author", nickname["name"], labelled=True)]
    if by is not None:
        return _people(text, at, by.end(), ("author",), marked=text[by.end()] > "\u3400")
    placed = _NAME_AND_PLACE.match(text, at)
    if placed is not None and surely_person(placed["name"]):
        start, end = placed.span("name")
        name = placed["name"]
        return [Found(Field.PERSON, start, end, placed.end(), "reporter", name, labelled=True)]
    glued = _GLUED.match(text, at)
    if glued is not None:
        return _people(text, at, glued.end(), (role_of(glued["role"]) or "",), marked=False)
    named = _outlet_and_reporter(text, at)
    if named:
        return named
    if _MARK.search(text, at, at + _LONGEST_LABEL) is None:
        return []
    first = text[at].casefold()
    label = _role_label().match(text, at) if first in role_starts() else None
    if label is None and ("记者" in text or "記者" in text or "编辑" in text):
        label = _prefixed_role().match(text, at)
    if label is None:
        return []
    mark = label["mark"].strip()
    again = _AGAIN.match(text, label.end()) if mark else None
    if again is not None:  # ``BYLINE: By Jane Doe``, ``作者：文/王强 图/李明``
        return [Found(Field.TOOL, at, label.end(), label.end())]
    if label["role"].casefold().endswith("by") and (agency := _agency(text, label.end())):
        return agency
    if label["role"].casefold().endswith("from") and (agency := _agency(text, label.end())):
        return [Found(Field.CREDIT, at, agency[-1].stop, agency[-1].stop)]
    found = _people(text, at, label.end(), _roles(label), marked=bool(mark or label["also"]))
    several = sum(field.field is Field.PERSON for field in found) > len(_roles(label))
    return [no_office(field, label["role"], several=several) for field in found]


def _roles(label: re.Match[str]) -> tuple[str, ...]:
    """The roles of a label; ``文/图`` and ``Story and photos by`` name two."""
    if label["role"] in _BOTH:
        return ("author", "photographer")
    words = re.split(r"[/／、&+和・·]|\sand\s", label[0][: label.start("mark") - label.start()])
    tail = " by" if re.search(r"\sby\Z", words[-1], re.IGNORECASE) else ""
    named = [
        role_of(word.strip()) or role_of(word.strip().removesuffix(tail) + tail)
        for word in (label["role"], *words)
        if word.strip()
    ]
    if label["role"].casefold().endswith(" by") and " and " in label["role"].casefold():
        first, _, second = label["role"].casefold().removesuffix(" by").partition(" and ")
        named = [role_of(f"{first} by"), role_of(f"{second} by")]
    roles = dict.fromkeys(role for role in named if role)
    if len(roles) > 1:
        roles.pop("reporter", None)  # ``图/本报记者``: who took the picture, not a second label
    return tuple(roles)


_BOTH = frozenset(("文图", "图文", "文圖", "圖文"))


def _outlet_and_reporter(text: str, at: int) -> list[Found]:
    """``新华社记者周小渔``, ``青岭晚报首席记者 周小渔``: an outlet, and who writes for it."""
    head = text[at : at + 24]
    if "记者" not in head and "記者" not in head and "编译" not in head:
        return []
    front = _OUTLET_IN_FRONT.match(text, at)
    quoted = text[at - 1 : at] == "《" and front is not None and front[0].endswith("》")
    if front is None or "丨" in front[0] or not (quoted or _is_paper(front["outlet"])):
        return []
    start = front.end()
    while start < len(text) and text[start].isspace():
        start += 1
    label = _role_label().match(text, start) or _GLUED_ANY.match(text, start)
    if label is None:
        return []
    found = _people(text, start, label.end(), (role_of(label["role"]) or "reporter",), marked=False)
    if not any(field.field is Field.PERSON for field in found):
        return []
    name = front.span("outlet")
    outlet = Found(Field.OUTLET, *name, front.end(), value=front["outlet"])
    return found if front["outlet"] in _THIS_PAPER else [outlet, *found]


_GLUED_ANY = re.compile(
    r"(?:首席|实习|见习|特派|特约|全媒体|驻[\u3400-\u9fff]{1,6}?){0,2}(?P<role>记者|記者|编译|編譯)"
    r"(?=(?!丨)[\u3400-\u9fff]{2,4}(?:[\s、，,）)】〕／/]|\Z))"
)
_THIS_PAPER = frozenset(("本报", "本報", "本网", "本網", "本台", "本刊", "本社", "总台", "實習"))


def _is_paper(text: str) -> bool:
    return (
        text in _THIS_PAPER
        or is_outlet(text)
        or masthead_pattern().fullmatch(text) is not None
        or (len(text) >= 3 and text[-1] in "报報网網社台刊")
    )


_FOR = re.compile(r" (?:for|For|FOR) ")


def _agency(text: str, at: int) -> list[Found]:
    """An outlet where the name of an author stands (``By The Associated Press``), and its staff."""
    match = outlet_pattern().match(text, at) or masthead_pattern().match(text, at)
    if match is not None and _FOR.search(match[0]) is not None:
        return []  # ``By Jane Doe For Harbour Online``
    if match is None or (is_position(match[0]) and not is_outlet(match[0])):
        return []
    out = Found(Field.OUTLET, match.start(), match.end(), match.end(), value=match[0])
    writers = _WRITERS.match(text, match.end())
    if writers is not None:
        return [out, *_people(text, at, writers.end(), ("author",), marked=False)]
    staff = _STAFF.match(text, match.end())
    stop = staff.end() if staff else match.end()
    if text[stop : stop + 2].strip()[:1].isalnum():
        return []
    return [Found(Field.OUTLET, match.start(), match.end(), stop, value=match[0])]


def read_more_people(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """``… in London and Jane Doe in Paris``: more persons behind a place."""
    people = [found for found in before if found.field is not Field.TOOL]
    if not people or people[-1].field is not Field.PERSON:
        return []
    begin = at + 4 if text.startswith("and ", at) else at
    more = _people(text, begin, begin, (people[-1].name,), marked=False)
    named = [found for found in more if found.field is Field.PERSON]
    first = named[0].value if named else ""
    if begin == at and "" < first < "\u3400" and not likely_person(first):
        return []  # whom they write for
    if named and re.match(r" [A-Z][a-z]", text[named[-1].end : named[-1].end + 3]):
        return []  # the start of a longer name, of something else
    return more


#: The names in brackets behind their label (``责任编辑：[王强]``).
_WRAPPED = re.compile(
    r"[\[【（(]\s?(?P<names>[\u3400-\u9fff·、\s]{2,24}?)\s?[\]】)）](?![\u3400-\u9fffA-Za-z])"
)


def _people(text: str, at: int, begin: int, roles: tuple[str, ...], *, marked: bool) -> list[Found]:
    """The names from ``begin`` on; behind a marked label anything short is a name."""
    wrapped = _WRAPPED.match(text, begin) if marked else None
    if wrapped is not None:
        names, stop = names_at(text, *wrapped.span("names"), strict=True)
        if names and stop == wrapped.end("names") and all(is_person(n.name) for n in names):
            return [
                Found(Field.PERSON, start, end, wrapped.end(), role, name, labelled=True)
                for start, end, name in names
                for role in roles
            ]
    position = _HIS_POSITION.match(text, begin) if marked else None
    begin = position.end() if position else begin
    origin = ORIGIN.match(text, begin)  # its bracket ends no value
    end = max(value_end(text, origin.end() if origin else begin), begin) if marked else len(text)
    honour = _TITLE_OF_HONOUR.match(text, begin)
    begin = honour.end() if honour else begin
    names, stop = names_at(text, begin, end, strict=not marked)
    names = [_without_paper(name) for name in names]
    if marked and len(names) > 1 and _is_affiliation(names):
        names = names[1:]
    names, stop = without_tail(text, names, stop)
    kept = _without_affiliation(text, names)
    if len(kept) < len(names):
        names, stop = kept, kept[-1].end
    labels = [start for start, _, name in names if role_of(name) is not None]
    if labels:  # the next byline
        names = [name for name in names if name.start < labels[0]]
        stop = names[-1].end if names else begin
    if names and stop >= names[-1].end and _names_outlet(text, names[-1]):
        stop = names[-1].end
    if not names or any(_SAYS.search(name) or _NO_NAME.match(name) for _, _, name in names):
        return []
    if roles == ("reporter",) and _TAKEN.match(text, names[-1].end):
        roles = ("photographer",)
    role = roles[0] if roles else ""
    out = _prefix_outlet(text, at, role)
    for start, name_end, name in names:
        known = is_outlet(name) or (len(name) > 3 and masthead_pattern().fullmatch(name))
        if known and role != "photographer":
            out.append(Found(Field.OUTLET, start, name_end, stop, value=name))
        elif known:
            out.append(Found(Field.CREDIT, start, name_end, stop))
        elif is_position(name) or (start > names[0].start and is_place(name)):
            out.append(Found(Field.TOOL, start, name_end, stop))
        elif role == "producer" and name < "\u3400" and len(name.split()) > 1 and not _may_be(name):
            out.append(Found(Field.CREDIT, start, name_end, stop))  # a studio
        elif role == "designer" and name.isascii() and name.islower():
            out.append(Found(Field.CREDIT, start, name_end, stop))  # ``layout: post``
        elif _MANY_PICTURES.match(text, at) is not None and not _is_photographer(name):
            out.append(Found(Field.CREDIT, start, name_end, stop))  # what they show
        elif is_person(name):
            out += [
                Found(Field.PERSON, start, name_end, stop, one, name, labelled=marked)
                for one in roles
            ]
        else:
            out.append(Found(Field.CREDIT, start, name_end, stop))
    return out + behind_names(text, stop, credit=role == "photographer")


#: ``Photos: Autumn fair``, which may say what the pictures show.
_MANY_PICTURES = re.compile(r"(?:photos?|pictures?|images?|pics?)\s?:", re.IGNORECASE)


def _is_photographer(name: str) -> bool:
    return name > "\u3400" or (is_name(name) and likely_person(name))


def _may_be(name: str) -> bool:
    return likely_person(name) or (name.istitle() and len(name.split()) == 2)


#: Words of a sentence: a caption behind ``Photo:``, not a name.
_SAYS = re.compile(
    r"(?:\A| )(?:the|a|an|at|on|in|of|to|is|are|was|were|with|up|his|her|their|after"
    r"|before)(?: |\Z)"
    r"|[\u3400-\u9fff]{2,}(?:在|的|了|于)[\u3400-\u9fff]{2,}"
)
#: Several words that begin with a small one, which belongs to no name: a title was cut in pieces.
_NO_NAME = re.compile(
    r"(?!(?:de|del|della|da|dos|das|di|do|du|la|le|van|von|vom|zu|der|den|ter|ten|bin|ibn|bint|al|el|af|av)\b)"
    r"[a-z]{2,}(?: [\w.'’\-]+){2,}"
)


_BAR = re.compile(r"\s?[|｜/／]")
_AND = re.compile(r"\s(?:and|&|with)\s|,\s?(?:and|&)\s")


def _is_affiliation(names: Sequence[Name]) -> bool:
    """Whether the first of some Chinese names is whom the others write for."""
    first, *others = names
    return (
        first.name > "\u3400"
        and not is_name(first.name)
        and role_of(first.name) is None
        and all(other.name > "\u3400" and is_name(other.name) for other in others)
        and masthead_pattern().fullmatch(first.name) is None
        and not is_outlet(first.name)
        and first.name[-1] in _WRITTEN_FOR
    )


#: What ends the name of a paper, column or office.
_WRITTEN_FOR = frozenset("志报報刊社网網台周地理经济事闻文学部院局室坊团队组")


def _without_affiliation(text: str, names: list[Name]) -> list[Name]:
    """The names without a paper or company behind a bar or a comma, which has the form of one.

    In a list that ends with ``and`` all are names.
    """
    if len(names) < 2 or names[0].name > "\u3400":
        return names
    listed = _AND.search(text, names[0].end, names[-1].start + 1) is not None
    for at in range(1, len(names)):
        before = text[names[at - 1].end : names[at].start]
        apart = _BAR.match(before) is not None or (before.strip() == "," and not listed)
        if apart and names[at].name < "\u3400" and not likely_person(names[at].name):
            return names[:at]
    return names


def _without_paper(name: Name) -> Name:
    """``OWEN PELL Halden Press``: the name in capitals ends where the paper's begins."""
    capitals = re.match(r"(?:[A-Z][A-Z.'’\-]+ ){1,3}(?=[A-Z][a-z])", name.name)
    if capitals is None or masthead_pattern().fullmatch(name.name, capitals.end()) is None:
        return name
    text = capitals[0].rstrip()
    return Name(name.start, name.start + len(text), text)


def _names_outlet(text: str, name: Name) -> bool:
    return text[name.end : name.end + 1] == " "


def _prefix_outlet(text: str, at: int, role: str) -> list[Found]:
    """The outlet in front of a reporter (``新华社记者``)."""
    match = outlet_pattern().match(text, at)
    if match is None or role != "reporter":
        return []
    return [Found(Field.OUTLET, match.start(), match.end(), match.end(), value=match[0])]
