"""Front-matter lines: a line that its fields cover from end to end.

A line is front matter only when nothing is left over: dates, labelled values, bylines, counters,
outlets, and the words of the tools beside them (``打印``, ``Share``). What the fields say is kept
with its place in the line.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cache

from tasks.metadata.dates import Date, date_at, time_at
from tasks.metadata.names import is_person, names_at
from tasks.metadata.words import (
    counter_of,
    counter_words,
    is_outlet,
    outlet_pattern,
    role_of,
    role_words,
)

_LONGEST_LINE = 300
_LONGEST_VALUE = 60


class Field(Enum):
    """What a stretch of a front-matter line says."""

    PUBLISHED = "published"
    UPDATED = "updated"
    DATE = "date"  # without a label
    OUTLET = "outlet"
    PERSON = "person"
    COUNTER = "counter"
    NUMBER = "number"  # a bare number beside a date
    URL = "url"
    ORIGINAL_TITLE = "original_title"
    CREDIT = "credit"  # the source of a picture
    TOOL = "tool"  # a word of the page's tools


@dataclass(frozen=True, slots=True)
class Found:
    """A field; its value stands at ``[start, end)``, and ``stop`` is where the field ends.

    ``name`` is a person's role or a counter's name; ``labelled`` says that a label names the field.
    """

    field: Field
    start: int
    end: int
    stop: int
    name: str = ""
    value: str = ""
    date: Date | None = None
    count: int = 0
    labelled: bool = False


def read_fields(text: str) -> list[Found] | None:
    """The fields that cover a line; None when something is left over.

    >>> [f.field.value for f in read_fields("2025-03-05 10:20 来源：某某网 阅读 1.2万") or ()]
    ['date', 'outlet', 'counter']
    >>> read_fields("2025 was a good year.") is None
    True
    """
    if len(text) > _LONGEST_LINE or text[-1:] in _SENTENCE_END:
        if len(text) > _LONGEST_LINE or not _FIELD_WITH_STOP.match(text):
            return None
    found: list[Found] = []
    at = _skip(text, 0)
    while at < len(text):
        fields = _next(text, at, found)
        if not fields:
            return None
        found += fields
        at = _skip(text, max(field.stop for field in fields))
    return found or None


_SENTENCE_END = frozenset("。！？!?;；")
_FIELD_WITH_STOP = re.compile(
    r"[(（【]|(?:Reporting|Editing|Writing|Additional reporting|编辑|责编|记者|作者|来源)"
)
_SEPARATORS = re.compile(r"[\s|｜·•,，;；/／\-—–~:：()（）\[\]【】<>《》>»丨.。]*")
_BOUNDARY = re.compile(r"\s{2,}|\s?[|｜;；·•丨]\s?|\s?[(（\[【]|\s?[)）\]】]")


def _skip(text: str, at: int) -> int:
    match = _SEPARATORS.match(text, at)
    return match.end() if match else at


def _next(text: str, at: int, before: list[Found]) -> list[Found]:
    """The fields at a place: the first reader that understands it."""
    for read in _READERS:
        fields = read(text, at, before)
        if fields:
            return fields
    return []


# --- dates -----------------------------------------------------------------------------------

_PUBLISHED_WORDS = (
    r"发布时间|发布日期|发布于|发布|发表时间|发表日期|发表于|发稿时间|发稿|刊发时间|刊登时间|刊登|出版时间|上传时间|创建时间|新闻时间"
    r"|时间|日期|首发|發布時間|發佈時間|發布|發佈|發表於|時間|上稿"
    r"|first published|date published|publication date|publish(?:ed)? (?:date|time)|published(?: on| at)?|publish"
    r"|posted(?: on| at| by \w{1,20} on)?|release(?:d)?(?: (?:time|date|on))?|date|created(?: on| at)?|time|issued(?: on)?"
)
_UPDATED_WORDS = (
    r"更新时间|更新日期|更新于|最后更新(?:时间|于)?|最近更新|最後更新|更新時間|修改时间|编辑于|更新"
    r"|last (?:updated|modified|edited)(?: on| at)?|updated?(?: on| at| time| date)?|modified(?: on| at)?|edited(?: on| at)|revised(?: on| at)?"
)


@cache
def _date_label() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<updated>{_UPDATED_WORDS})|(?P<published>{_PUBLISHED_WORDS}))(?![a-z])\s?[:：]?\s{{0,2}}",
        re.IGNORECASE,
    )


def _read_date(text: str, at: int, before: list[Found]) -> list[Found]:
    label = _date_label().match(text, at)
    begin = label.end() if label else at
    date = date_at(text, begin)
    if date is None and (label or _has_date(before)):
        date = time_at(text, begin)
    if date is None:
        return []
    stop = _after_date(text, date.end)
    field = Field.DATE
    if label:
        field = Field.UPDATED if label["updated"] else Field.PUBLISHED
    return [Found(field, date.start, date.end, stop, date=date, labelled=label is not None)]


_AFTER_DATE = re.compile(
    r"\s?(?:发布|发表|刊发|更新|讯|發布|發佈|posted|published)(?![\u3400-\u9fffa-z]|\s?[:：]?\s?\d)"
)


def _after_date(text: str, end: int) -> int:
    match = _AFTER_DATE.match(text, end)
    return match.end() if match else end


def _has_date(before: list[Found]) -> bool:
    return any(found.date is not None for found in before)


# --- labelled values --------------------------------------------------------------------------

_OUTLET_LABEL = re.compile(
    r"(?:文章|新闻|稿件|信息|内容|本文|消息|稿源)?(?:来源|來源|稿源|出处|出處|转载自|轉載自|转自|轉自|摘自|媒体)(?:于|自)?\s?[:：/｜|]?\s?"
    r"|(?:news |article |original )?sources?\s?[:：/|｜]\s?|via\s(?=[A-Z])|(?:originally )?published (?:by|in)\s|from\s?[:：]\s?",
    re.IGNORECASE,
)
_CREDIT_LABEL = re.compile(
    r"(?:图片|圖片|图|圖|题图|封面图?|头图|配图|首图|照片|视频|文中图片|图文|数据)?(?:来源|來源|图源|出处|版权)\s?[:：/｜|]\s?"
    r"|(?:图源|供图|题图|封面图|头图|资料图)\s?[:：/｜|]?\s?"
    r"|(?:photo|image|picture|cover|featured image|video)s? (?:credits?|source|courtesy(?: of)?|via)\s?[:：/|]?\s?|credits?\s?[:：]\s?"
    r"|courtesy of\s",
    re.IGNORECASE,
)
_ORIGINAL_TITLE = re.compile(
    r"(?:原标题|原標題|原题|原文标题|original title|original headline)\s?[:：]\s?", re.IGNORECASE
)
_CHAIN = re.compile(
    r"\s?[(（]\s?(?:转自|转载自|轉自|via|原载)\s?[:：]?\s?(?P<name>[^()（）]{1,40})[)）]"
)
_URL = re.compile(
    r"(?:(?:原文)?(?:链接|連結|网址|地址|url|link|source|原文|via|网站|出处|来源)\s?[:：]?\s?)?(?P<url>(?:https?://|www\.)[^\s\u3400-\u9fff<>\"'）)]{1,500})",
    re.IGNORECASE,
)


@cache
def _field_start() -> re.Pattern[str]:
    """A blank, and behind it the beginning of another field."""
    return re.compile(
        rf"\s(?=(?:{role_words()})\s?[:：/／|｜]|(?:19|20)\d\d\s?[-年/.]\s?\d|\d{{1,2}}月\d|\d{{1,2}}:\d\d"
        rf"|(?:{counter_words()})\s?[:：(（]?\s?\d"
        r"|(?:原标题|来源|來源|作者|责编|责任编辑|编辑|记者|发布|更新|时间|日期|分享|打印|字号|字体|评论|阅读|浏览|点击|我要|收藏|举报|微信|手机看)"
        r"|(?:Published|Updated|Posted|By|Share|Print|Editor|Author|Source)\b)",
        re.IGNORECASE,
    )


def _value_end(text: str, at: int) -> int:
    """Where a labelled value ends: at a separator, or before the next field."""
    end = min(len(text), at + _LONGEST_VALUE)
    for pattern in (_BOUNDARY, _field_start()):
        match = pattern.search(text, at, end)
        if match is not None:
            end = match.start()
    return end


def _read_outlet_label(text: str, at: int, before: list[Found]) -> list[Found]:
    label = _OUTLET_LABEL.match(text, at)
    if label is None or label.end() == len(text):
        return []
    begin = label.end()
    if text[begin - 1] not in " :：/｜|" and not outlet_pattern().match(text, begin):
        return []
    end = _value_end(text, begin)
    value = text[begin:end].strip(' 《》"“”')
    if not value or date_at(text, begin) is not None:
        return []
    begin = text.index(value, begin)
    out = [Found(Field.OUTLET, begin, begin + len(value), end, value=value, labelled=True)]
    chain = _CHAIN.match(text, end)
    if chain is not None:
        out.append(
            Found(
                Field.OUTLET,
                chain.start("name"),
                chain.end("name"),
                chain.end(),
                "chain",
                chain["name"].strip(),
            )
        )
    return out


def _read_credit(text: str, at: int, before: list[Found]) -> list[Found]:
    label = _CREDIT_LABEL.match(text, at)
    if label is None or label[0].startswith(("来源", "來源", "出处")):
        return []
    end = _value_end(text, label.end())
    return [Found(Field.CREDIT, at, end, end)] if end > label.end() else []


def _read_original_title(text: str, at: int, before: list[Found]) -> list[Found]:
    label = _ORIGINAL_TITLE.match(text, at)
    if label is None:
        return []
    begin = label.end()
    if text[begin : begin + 1] in '《“"':
        close = text.find({"《": "》", "“": "”", '"': '"'}[text[begin]], begin + 1)
        if close > begin + 1:
            value = text[begin + 1 : close]
            return [
                Found(Field.ORIGINAL_TITLE, begin + 1, close, close + 1, value=value, labelled=True)
            ]
    boundary = re.compile(
        r"\s{2,}|[|｜)）】\]]|\s(?=(?:来源|作者|责编|编辑|责任编辑)\s?[:：])"
    ).search(text, begin)
    end = boundary.start() if boundary else len(text)
    value = text[begin:end].strip()
    if not value:
        return []
    return [Found(Field.ORIGINAL_TITLE, begin, begin + len(value), end, value=value, labelled=True)]


def _read_url(text: str, at: int, before: list[Found]) -> list[Found]:
    match = _URL.match(text, at)
    if match is None:
        return []
    return [Found(Field.URL, match.start("url"), match.end("url"), match.end(), value=match["url"])]


# --- bylines -----------------------------------------------------------------------------------


@cache
def _role_label() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\[?(?P<outlet>[\u3400-\u9fffA-Za-z]{{2,10}}))??(?P<role>{role_words()})(?:\s?(?:by))?"
        r"(?P<mark>\s?[:：/／|｜丨]\s?|\s{1,3}|(?=[《“]))",
        re.IGNORECASE,
    )


_BY = re.compile(
    r"(?:by|written by|story by|words by|reporting by|edited by)\s{1,2}(?=[A-Z\u00c0-\u00de])",
    re.IGNORECASE,
)
_IN_PLACE = re.compile(
    r"\s(?:in|from|at|for|with)\s(?:[A-Z][\w.'’\-]{0,20}(?: [A-Z][\w.'’\-]{0,20}){0,3}|the [A-Z][\w ]{1,30})(?:(?: and|,) [A-Z][\w.'’\-]{0,20}(?: [A-Z][\w.'’\-]{0,20}){0,2}){0,3}"
)
_REPORTS = re.compile(r"\s?[\u3400-\u9fff]{2,6}?(?:报道|電|电|讯|摄|文)(?![\u3400-\u9fff])")
_AFFILIATION = re.compile(
    r"\s?[,，|]\s?(?P<what>[A-Z][\w.'’&\-]{0,20}(?: [A-Z][\w.'’&\-]{0,20}| of| and| the| for){0,4})"
)
_SLASH_OUTLET = re.compile(
    r"\s?[/／]\s?(?P<what>[A-Z][\w.&\-]{1,20}(?: [A-Z][\w.&\-]{1,20}){0,3}|[\u3400-\u9fff]{2,8})"
)


def _read_byline(text: str, at: int, before: list[Found]) -> list[Found]:
    by = _BY.match(text, at)
    if by is not None:
        role = (
            "author"
            if by[0].lower().startswith(("by", "w", "s"))
            else role_of().get(by[0].strip().lower(), "author")
        )
        return _people(text, at, by.end(), role, strict=not before, marked=by[0][0].lower() != "b")
    label = _role_label().match(text, at)
    if label is None:
        return []
    role = role_of()[label["role"].casefold()]
    marked = label["mark"].strip() != ""
    return _people(text, at, label.end(), role, strict=not marked, marked=marked)


def _people(
    text: str, at: int, begin: int, role: str, *, strict: bool, marked: bool
) -> list[Found]:
    """The persons of a byline; a known outlet among them is the outlet."""
    end = len(text) if not marked else max(_value_end(text, begin), begin)
    names, stop = names_at(text, begin, end, strict=strict)
    if not names:
        return []
    out: list[Found] = []
    prefix = _prefix_outlet(text, at, role)
    if prefix is not None:
        out.append(prefix)
    for start, name_end, name in names:
        if role_of().get(name.casefold()) is not None:
            return []
        if is_outlet(name) and role != "photographer":
            out.append(Found(Field.OUTLET, start, name_end, stop, value=name))
        elif is_person(name) and not is_outlet(name):
            out.append(Found(Field.PERSON, start, name_end, stop, role, name, labelled=marked))
        else:
            out.append(Found(Field.CREDIT, start, name_end, stop))
    return out + _rest_of_byline(text, stop, role)


def _prefix_outlet(text: str, at: int, role: str) -> Found | None:
    """The outlet in front of a reporter (``新华社记者``)."""
    match = outlet_pattern().match(text, at)
    if match is None or role != "reporter":
        return None
    return Found(Field.OUTLET, match.start(), match.end(), match.end(), value=match[0])


def _rest_of_byline(text: str, stop: int, role: str) -> list[Found]:
    """The place (``in Beijing``, ``北京报道``) or affiliation behind the names of a byline."""
    for pattern in (_REPORTS, _IN_PLACE):
        match = pattern.match(text, stop)
        if match is not None:
            return [Found(Field.TOOL, stop, match.end(), match.end())]
    for pattern in (_AFFILIATION, _SLASH_OUTLET):
        match = pattern.match(text, stop)
        if match is None:
            continue
        start, end = match.span("what")
        if is_outlet(match["what"]) and role != "photographer":
            return [Found(Field.OUTLET, start, end, end, value=match["what"])]
        if is_outlet(match["what"]) or _is_position(match["what"]):
            return [Found(Field.TOOL, start, end, end)]
    return []


_POSITION = re.compile(
    r"(?:Staff|Senior|Chief|Special|Science|Business|Technology|Political|Health|Asia|China|Europe|Economics|World|Data)?\s?"
    r"(?:Staff )?(?:Writer|Reporter|Correspondent|Editor|Contributor|Columnist|Producer|News|Fellow|Journalist)",
    re.IGNORECASE,
)


def _is_position(text: str) -> bool:
    return _POSITION.fullmatch(text) is not None


# --- counters, outlets, tools --------------------------------------------------------------------

_NUMBER = r"(?P<number>\d{1,3}(?:[,，]\d{3})+|\d+(?:\.\d+)?)\s?(?P<unit>[kKmMwW](?![A-Za-z])|万|萬|千|亿)?\s?\+?"
_UNIT = {
    "k": 1_000,
    "m": 1_000_000,
    "w": 10_000,
    "万": 10_000,
    "萬": 10_000,
    "千": 1_000,
    "亿": 100_000_000,
}


@cache
def _counter_before() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<word>{counter_words()})\s?[:：(（\[]?\s?(?:约|共|已有|about |~)?\s?{_NUMBER}\s?"
        r"(?:次|人|字|条|条评论|分钟|分鐘|minutes?|mins?|words?|views?|个)?(?:\s?[)）\]])?",
        re.IGNORECASE,
    )


@cache
def _counter_after() -> re.Pattern[str]:
    return re.compile(
        rf"(?:已有|共有|共|全文|about )?\s?{_NUMBER}\s?(?:次|人|个|条)?\s?(?P<word>{counter_words()})",
        re.IGNORECASE,
    )


_MINUTE_READ = re.compile(
    r"(?P<number>\d{1,3})(?P<unit>(?!))?\s?[- ]?(?:min(?:ute)?s?\.?[- ]read(?:ing)?|分钟(?:阅读|读完)|minutes? to read)",
    re.IGNORECASE,
)
_WORDS_COUNT = re.compile(
    r"(?:全文|本文|共)\s?(?:共|约)?\s?(?P<number>\d{2,6})(?P<unit>(?!))?\s?字", re.IGNORECASE
)
_BARE_NUMBER = re.compile(_NUMBER + r"(?![\w.:/%-])")
_TOOL = re.compile(
    r"分享(?:到|至)?|打印(?:本页|本文)?|字号|字体|大(?![\u3400-\u9fff])|中(?![\u3400-\u9fff])|小(?![\u3400-\u9fff])|收藏|举报|评论|我要评论|参与评论|微信|微博|朋友圈|听新闻|语音播报"
    r"|手机(?:看|阅读)|扫码|订阅|关注|已关注|投稿|原创|独家|首发|复制链接|二维码|阅读|浏览|点赞|作者|来源|编辑|"
    r"Share|Print|Save|Email|Comments?|Follow|Listen|Copy link|Facebook|Twitter|WhatsApp|LinkedIn|Exclusive|Updated?|Published|Original",
    re.IGNORECASE,
)


def _count(match: re.Match[str]) -> int:
    number = match["number"].replace(",", "").replace("，", "")
    unit = _UNIT.get((match["unit"] or "").lower(), 1)
    whole, _, part = number.partition(".")
    return int(whole) * unit + (int(part) * unit // 10 ** len(part) if part else 0)


def _read_counter(text: str, at: int, before: list[Found]) -> list[Found]:
    for pattern, name in ((_MINUTE_READ, "reading_minutes"), (_WORDS_COUNT, "words")):
        match = pattern.match(text, at)
        if match is not None:
            return [_counter(match, name)]
    for pattern in (_counter_before(), _counter_after()):
        match = pattern.match(text, at)
        if match is not None and not text[match.end() : match.end() + 1].isalnum():
            return [_counter(match, counter_of()[match["word"].casefold()])]
    if _has_date(before):
        match = _BARE_NUMBER.match(text, at)
        if match is not None:
            return [
                Found(
                    Field.NUMBER,
                    match.start(),
                    match.end(),
                    match.end(),
                    "views",
                    count=_count(match),
                )
            ]
    return []


def _counter(match: re.Match[str], name: str) -> Found:
    begin = match.start("number")
    end = match.end("unit") if match["unit"] else match.end("number")
    return Found(Field.COUNTER, begin, end, match.end(), name, count=_count(match), labelled=True)


def _read_outlet(text: str, at: int, before: list[Found]) -> list[Found]:
    match = outlet_pattern().match(text, at)
    if match is None:
        return []
    after = text[match.end() : match.end() + 1]
    if after and not (after.isspace() or after in "|｜·•,，;；/-—)）】:："):
        return []
    return [Found(Field.OUTLET, match.start(), match.end(), match.end(), value=match[0])]


def _read_tool(text: str, at: int, before: list[Found]) -> list[Found]:
    match = _TOOL.match(text, at)
    if match is None or text[match.end() : match.end() + 1].isalnum():
        return []
    return [Found(Field.TOOL, match.start(), match.end(), match.end())]


_READERS: tuple[Callable[[str, int, list[Found]], list[Found]], ...] = (
    _read_url,
    _read_original_title,
    _read_credit,
    _read_outlet_label,
    _read_date,
    _read_counter,
    _read_byline,
    _read_outlet,
    _read_tool,
)
