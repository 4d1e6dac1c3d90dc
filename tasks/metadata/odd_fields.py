"""What stands beside the values of front matter: issues, places of posting, accounts, tools."""

import re
from collections.abc import Sequence
from functools import cache

from tasks.metadata.dates import Date, date_at
from tasks.metadata.found import Field, Found
from tasks.metadata.places import is_place
from tasks.metadata.sure_names import surely_named, surely_person
from tasks.metadata.words import is_outlet, label_words, masthead_pattern, short_paper_pattern

_AUTHORISED = re.compile(
    r"[^\s，,；;。]{0,12}(?:经|已获|获|由)?(?:原作者|作者)?授权(?:发布|转载|刊发|首发)?"
)


def read_authorised(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """``某某经授权发布``, behind the account that the text comes from."""
    match = _AUTHORISED.match(text, at)
    if match is None or not before:
        return []
    return [Found(Field.TOOL, at, match.end(), match.end())]


#: The day in years of the Republic behind an editor's name (``（編輯：某某）1130506``).
_REPUBLIC_DAY = re.compile(r"1\d{6}(?!\d)")
_IN_SECTION = re.compile(
    r"in [A-Z][a-z]{2,15}(?: (?:&|and) [A-Z][a-z]{2,15}"
    r"| [A-Z][a-z]{2,15})?(?=\s?(?:\Z|[|·•]))"
)
#: What kind of story it is, behind its date.
_KIND = re.compile(
    r"(?:report|news|opinion|feature|analysis|review|interview|editorial|podcast|video|blog|commentary)"
    r"(?=\s?(?:\Z|[|·•]))"
)
_ISSUE = re.compile(
    r"(?:19|20)\d\d\s?年\s?(?=第\s?\d)|(?:issue|no\.|vol\.|volume|number|第)\s?\d{1,5}\s?(?:期|卷|号)?(?!\w)"
    r"|(?:release|report|press release) no\.?:?\s?[\w\-]{1,14}(?!\w)"
    r"|第?\s?[A-Z]?\d{1,3}\s?版(?:\s?[:：]\s?[\u3400-\u9fff]{1,8})?(?![\u3400-\u9fff])"
    r"|(?:版次|版面|版)\s?[:：]\s?第?[A-Z]?\d{1,3}版?(?:\s?[\u3400-\u9fff]{1,6})?",
    re.IGNORECASE,
)


def read_issue(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """``Issue 214``, ``第36期``; ``in World`` behind a date."""
    match = _ISSUE.match(text, at)
    if match is None and any(found.date is not None for found in before):
        match = _IN_SECTION.match(text, at) or _KIND.match(text, at)
    if match is None and any(found.field is Field.PERSON for found in before):
        match = _REPUBLIC_DAY.match(text, at)
    return [Found(Field.TOOL, at, match.end(), match.end())] if match is not None else []


_POSTED_AT = re.compile(
    r"(?P<said>(?:发布于|发表于|首发于|发布自|发自|發自|来自|IP\s?属地|所在地|地点)\s?[:：]?\s?)?(?P<place>[\u3400-\u9fff]{2,6})(?![\u3400-\u9fff])"
)


def read_posted_at(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """Where a post was sent from (``2024-03-12 09:48 浙江``, ``发布于河南``): behind a date."""
    match = _POSTED_AT.match(text, at)
    if match is None or not (match["said"] or is_place(match["place"])):
        return []
    if not match["said"] and not any(found.date is not None for found in before):
        return []
    return [Found(Field.TOOL, at, match.end(), match.end())]


_ORIGINAL = re.compile(
    r"(?:原创|Original)\s?[:：]?\s(?:(?P<author>[^\s\d]{2,12}?)(?P<how>编译|翻译)?\s)?(?P<outlet>[^\s\d]{2,16})"
    r"(?=\s(?:(?:19|20)\d\d\s?[-年/.]|昨天|今天|\d)|\Z)"
)


def read_account_line(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """``原创 作者 账号 2023-08-01 20:31``: the line below the title of an account's post.

    Without a date the colon says that it is one: ``原创： 作者 账号``.
    """
    match = _ORIGINAL.match(text, at)
    if match is None and not before:
        return _name_and_account(text, at)
    if match is None or before:
        return []
    dated = date_at(text, match.end() + 1) is not None
    whole = match.end() == len(text) and (text[2:4].strip()[:1] in tuple(":：") or match["author"])
    if not dated and not whole:
        return []
    found = []
    if match["author"] and match["author"] != match["outlet"]:
        start, end = match.span("author")
        role, stop = "translator" if match["how"] else "author", max(end, match.end("how"))
        found.append(Found(Field.PERSON, start, end, stop, role, match["author"], labelled=True))
    start, end = match.span("outlet")
    return [*found, Found(Field.OUTLET, start, end, end, value=match["outlet"], labelled=True)]


_NAME_AND_ACCOUNT = re.compile(
    r"(?P<author>[\u3400-\u9fff]{2,4})\s(?P<outlet>[\u3400-\u9fffA-Za-z0-9]{3,14})\s(?=(?:19|20)\d\d\s?[-年/.])"
)


def _name_and_account(text: str, at: int) -> list[Found]:
    """``王强 某某夜读 2022年12月30日 21:00``: the same without the word ``原创``."""
    match = _NAME_AND_ACCOUNT.match(text, at)
    if match is None or not surely_person(match["author"]) or surely_person(match["outlet"]):
        return []
    date = date_at(text, match.end())
    if date is None or "T" not in date.value:
        return []
    (start, end), (low, high) = match.span("author"), match.span("outlet")
    return [
        Found(Field.PERSON, start, end, end, "author", match["author"]),
        Found(Field.OUTLET, low, high, high, value=match["outlet"]),
    ]


#: ``某某晚报讯（记者 王强）`` in a line of its own: the paper, and in brackets who wrote.
_OWN_NEWS = re.compile(
    r"(?P<name>[\u3400-\u9fffA-Za-z]{2,14}?)(?:\d{1,2}月\d{1,2}日)?(?:综合)?(?:消息|讯|訊)\s?(?=[（(][^（()）]{2,60}[)）]\Z)"
)


def read_own_news(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """``某某晚报讯`` in front of brackets that end the line; ``本报讯`` names no paper."""
    match = _OWN_NEWS.match(text, at) if not before else None
    if match is None:
        return []
    formed = is_outlet(match["name"]) or any(
        form.fullmatch(match["name"]) for form in (masthead_pattern(), short_paper_pattern())
    )
    if not formed:
        return [Found(Field.TOOL, at, match.end(), match.end())]
    end = match.end("name")
    return [Found(Field.OUTLET, at, end, match.end(), value=match["name"])]


_ACCOUNT_ID = re.compile(r"(?:ID|id|微信号|微信ID|公众号ID)\s?[:：]\s?[\w\-]{2,40}")


def read_account_id(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """``ID：meirirenwu`` behind the name of an account."""
    match = _ACCOUNT_ID.match(text, at)
    if match is None or not before:
        return []
    return [Found(Field.TOOL, at, match.end(), match.end())]


_AGO = re.compile(r"\d{1,2}(?:h|hr|hrs|d|m|min|w|mo|y)(?=\s?(?:\Z|[|·•]))")
_KIND_OF_STAFF = re.compile(r"(?:实习|见习|實習|見習)(?:生|编辑|记者)?(?=[)）])")
_COUNT_BEHIND = re.compile(r"\s?[(（]\d{1,7}[)）]")


_ABOUT_AUTHOR = re.compile(
    r"(?:本文)?作者\s?(?P<name>[\u3400-\u9fff]{2,4}?)?\s?[，,]?\s?(?:系|为|是|均为|单位)\s?[:：]?(?P<who>[^。；;，,（）()]{2,60}?)"
    r"(?:[，,][^）)】\]；;]{0,60})?(?=[)）】\]；;]|\Z)"
)
#: What somebody is in front of the name, without a blank (``某大学教授王强``).
_GLUED_NAME = re.compile(
    r"(?:教授|研究员|讲师|主任|院长|所长|会长|校长|馆长|博士|学者|专家|作家|记者|律师|医生|编辑|评论员|工程师|总监|负责人|创始人|主席|秘书长|委员|代表|顾问)"
    r"(?P<name>[\u3400-\u9fff]{2,3})\Z"
)
_HELPED = re.compile(
    r"(?P<role>记者|实习生|通讯员|实习记者)?\s?(?P<name>[\u3400-\u9fff]{2,4}?)(?:对本文|对此文|为本文)(?:亦|也)?(?:有|提供|做出)?(?:所)?(?:贡献|帮助)"
)


#: Who wrote it, at the end of an office's notice (``（渔业学院 王小强）``).
_OFFICE_AND_NAME = re.compile(
    r"[\u3400-\u9fff]{2,14}(?:学院|学校|中学|小学|大学|部|处|科|局|中心|办|办公室|所|站|队|院|公司|街道|社区|镇|村)"
    r"[ \u3000]{1,2}(?P<name>[\u3400-\u9fff]{2,4})(?=\s?[)）\]】])"
)


#: ``作者简介：某某，某大学教授。``
_CARD = re.compile(
    r"(?:本文)?作者(?:简介|簡介|介绍|介紹)\s?[:：]\s?(?P<name>[\u3400-\u9fff]{2,4})\s?(?=[，,（(]|是|系|\Z)"
)


def read_about_author(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """``（作者系某大学教授）``, ``（作者某某系某大学教授）``, ``（实习生某某对本文亦有贡献）``."""
    helped = _HELPED.match(text, at)
    if helped is not None and surely_named(helped["name"]):
        start, end = helped.span("name")
        return [
            Found(Field.PERSON, start, end, helped.end(), "reporter", helped["name"], labelled=True)
        ]
    card = _CARD.match(text, at) if not before else None
    if card is not None and surely_named(card["name"]):
        start, end = card.span("name")
        return [Found(Field.PERSON, start, end, len(text), "author", card["name"], labelled=True)]
    if text[:1] not in tuple("(（[【"):
        return []
    office = _OFFICE_AND_NAME.match(text, at)
    if office is not None and surely_person(office["name"]):
        start, end = office.span("name")
        name = office["name"]
        return [Found(Field.PERSON, start, end, office.end(), "author", name, labelled=True)]
    match = _ABOUT_AUTHOR.match(text, at)
    if match is None:
        return []
    last = match["who"].split()[-1] if match["who"].split() else ""
    glued = _GLUED_NAME.search(match["who"])
    last = glued["name"] if glued is not None else last
    for name, start in (
        (match["name"] or "", match.start("name")),
        (last, match.end("who") - len(last)),
    ):
        if name and name != match["who"] and surely_named(name):
            stop = match.end()
            return [
                Found(Field.PERSON, start, start + len(name), stop, "author", name, labelled=True)
            ]
    return [Found(Field.CREDIT, at, match.end(), match.end())]


_END_MARK = re.compile(r"完(?=[)）】])")


@cache
def _tool() -> re.Pattern[str]:
    return re.compile(label_words("tool"), re.IGNORECASE)


def read_tool(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """A word of the page's tools (``打印``, ``Share``), with a count in brackets or without."""
    ago = _AGO.match(text, at)
    if ago is not None and not before and ago.end() == len(text):
        return [Found(Field.TOOL, at, ago.end(), ago.end())]
    if ago is not None:  # how long ago, without the word
        date = Date(at, ago.end(), ago[0], "relative")
        return [Found(Field.DATE, at, ago.end(), ago.end(), date=date)]
    kind = _KIND_OF_STAFF.match(text, at)
    if kind is not None and before and before[-1].field is Field.PERSON:
        return [Found(Field.TOOL, at, kind.end(), kind.end())]
    end_mark = _END_MARK.match(text, at)
    if end_mark is not None:
        return [Found(Field.TOOL, at, end_mark.end(), end_mark.end())]
    match = _tool().match(text, at)
    if match is None or text[match.end() : match.end() + 1].isalnum():
        return []
    count = _COUNT_BEHIND.match(text, match.end())
    stop = count.end() if count else match.end()
    return [Found(Field.TOOL, match.start(), stop, stop)]
