"""Labelled values of front matter: the source, whose picture, the original title, the address."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from tasks.metadata.dates import date_at
from tasks.metadata.found import Field, Found
from tasks.metadata.names import no_persons
from tasks.metadata.places import is_place
from tasks.metadata.words import (
    account_pattern,
    counter_words,
    label_words,
    masthead_pattern,
    outlet_pattern,
    role_words,
    short_paper_pattern,
)

_LONGEST_VALUE = 60
_BOUNDARY = re.compile(r"\s{2,}|\s?[|｜;；丨]\s?|\s[·•\-–—]\s|\s?[(（\[［【〖]|\s?[)）\]］】〗]")
#: Another field right behind a value, without a blank (``来源：某某作者：某某``).
_GLUED_FIELD = re.compile(
    r"(?<=[\u3400-\u9fff])(?:(?:责任)?编辑|責任編輯|責編|责编|作者|记者|記者|来源|來源|发布(?:时间|日期)|发表时间|更新时间|时间|日期|校对|审核|摄影|浏览(?:次数|量)?|阅读(?:次数|量)?|点击(?:次数|量)?)[:：]"
    r"|(?<=[\u3400-\u9fff])(?:19|20)\d\d\s?[-年/.]\s?\d{1,2}\s?[-月/.]"
)
_CHAIN = re.compile(
    r"\s?[(（]\s?(?:转自|转载自|轉自|via|原载)\s?[:：]?\s?(?P<name>[^()（）]{1,40})[)）]"
)
_TITLE_ENDS = re.compile(r"\s{2,}|[|｜)）】\]]|\s(?=(?:来源|作者|责编|编辑|责任编辑)\s?[:：])")
_BEHIND_TITLE = frozenset(("", *" \u3000|｜)）】],，。;；"))
_QUOTES = {"《": "》", "“": "”", '"': '"', "「": "」"}


@cache
def _field_start() -> re.Pattern[str]:
    """A blank, with a full stop or without, and behind it the beginning of another field."""
    return re.compile(
        rf"(?:\.?\s|[,，]\s?)(?=(?:{role_words()})\s?[:：/／|｜]|(?:19|20)\d\d\s?[-年/.]\s?\d|\d{{1,2}}月\d"
        rf"|\d{{1,2}}:\d\d|(?:{counter_words()})\s?[:：(（]?\s?\d"
        rf"|(?:{label_words('credit')})\s?[:：/／|｜丨]"
        r"|(?:原标题|来源|來源|作者|责编|责任编辑|编辑|记者|发布|更新|时间|日期|分享|打印|字号|字体|评论)"
        r"|[大中小](?:字体|字号|号字)|(?:阅读|浏览|点击|我要|收藏|举报|微信|手机看|参与)"
        r"|(?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d"
        rf"|\d[\d,.]{{0,9}}[kKwW万]?\s?(?:{counter_words()})(?!\w)"
        r"|\d[\d,.]{0,9}[kKmM]?\s(?:views|reads|comments|words|likes|shares|min)\b"
        r"|(?:Published|Updated|Posted|By|Share|Print|Editor|Author|Source|Date)\b)",
        re.IGNORECASE,
    )


def value_end(text: str, at: int) -> int:
    """Where a labelled value ends: at a separator, or before the next field."""
    end = min(len(text), at + _LONGEST_VALUE)
    boundary = _BOUNDARY.search(text, at, end)
    # Not up to the boundary: the mark behind a role's word may be one.
    field = _field_start().search(text, at, end)
    glued = _GLUED_FIELD.search(text, at + 2, end)
    if glued is not None and any(c.isspace() for c in text[at : glued.start()]):
        glued = None  # the blank separates, and what stands in front of the label belongs to it
    for match in (boundary, field, glued):
        if match is not None:
            end = min(end, match.start())
    return end


@cache
def _label(kind: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<label>{label_words(kind)})(?P<mark>\s?[:：/｜|丨]\s?|\s|)", re.IGNORECASE
    )


#: Who issued a press release, behind ``SOURCE`` in capitals.
_ISSUER = re.compile(r"(?:The )?[A-Z][\w.'’&,\-]*(?: (?:[A-Z&][\w.'’&,\-]*|of|and|for|the)){0,7}")
#: Labels that only an outlet follows.
_TAKEN_FROM = re.compile(
    r"(?:originally|first|re(?:published|printed|produced|posted)|cross-posted|syndicated)\s",
    re.IGNORECASE,
)
_NAMED = re.compile(r"[^\W\d_]")
_DOMAIN = re.compile(r"\.(?:com|cn|net|org)\b|https?:|©|@")
_OTHER_LABEL = re.compile(r"(?:作者|记者|記者|编辑|責編|责编|时间|日期|By)\s?[:：]")
_QUOTED = re.compile(r"[《“「『](?P<name>[^《》“”「」『』]{2,30})[》”」』]")
_KIND_IN_FRONT = re.compile(
    r"(?:微信|新浪微博)?(?:公众号|公號|公号|账号|头条号|微博|网站)\s?[:：]?\s?(?=\S)"
)
_KIND_BEHIND = re.compile(
    r"\s?(?:微信|新浪)?(?:公众号|公众账号|微博|客户端|网站|杂志|一书)(?![\u3400-\u9fff])"
)
#: The issue of a paper behind its name (``2024年第5期``), and what was done to the text.
_ISSUE_BEHIND = re.compile(
    r"\s?[,，]?\s?(?:(?:(?:19|20)\d\d\s?年\s?)?(?:第\s?[\d一二三四五六七八九十]{1,4}\s?[期号卷辑]|[\d一二三四五六七八九十]{1,3}月号)(?:[,，]?第?\s?\d{1,4}\s?[页版])?)"
    r"|[,，]\s?(?:有|略有|内容有|文字有|本文有)?(?:删节|删减|删改|改动|编辑)(?:.{0,6}(?=[)）\]】]|\Z))"
)
_HAN_VALUE = re.compile(r"[\u3400-\u9fff·]{2,20}(?=\s[\u3400-\u9fff（(])")
_DAY = 12
_COMMA = re.compile("[，,]")
_ON_DAY = re.compile(r",? on (?=\d{1,2} [A-Z]|[A-Z][a-z]{2,8}\.? \d|(?:19|20)\d\d)")
_ADDRESS_BEHIND = re.compile(r"\s?[(（](?:https?://)?[\w.\-]{4,60}[)）]")


def read_outlet_label(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """``来源：某某网``, ``Source: Some Times``; without a mark only before a known outlet, one in
    quotes, or one in the form of an outlet's name that ends the line.
    """
    label = _label("outlet").match(text, at)
    if label is None or label.end() == len(text):
        return []
    begin = label.end()
    kind = _KIND_IN_FRONT.match(text, begin)
    begin = kind.end() if kind else begin
    begin += 4 if text.startswith("the ", begin) else 0
    quoted = _QUOTED.match(text, begin)
    if quoted is not None:
        (start, close), stop = quoted.span("name"), quoted.end()
        for pattern in (_KIND_BEHIND, _ISSUE_BEHIND):
            behind = pattern.match(text, stop)
            stop = behind.end() if behind else stop
        found = Found(Field.OUTLET, start, close, stop, value=quoted["name"], labelled=True)
        return [found, *_chained(text, stop)]
    issues = label["label"] == "SOURCE" or label["label"].casefold().endswith("provided by")
    issued = issues and _ISSUER.fullmatch(text, begin) is not None
    whole = _TAKEN_FROM.match(label["label"]) and _ISSUER.fullmatch(text.rstrip("."), begin)
    if not (label["mark"].strip() or issued or whole or _ends_with_paper(text, begin)):
        return []
    end = value_end(text, begin)
    cut = _HAN_VALUE.match(text, begin, end)
    end = cut.end() if cut else end
    if not label["mark"].strip() and text[begin] > "\u3400":  # ``转自某某晚报，作者王强``
        comma = _COMMA.search(text, begin, end)
        end = comma.start() if comma else end
    day = _ON_DAY.search(text, begin, end + _DAY)
    end = min(end, day.start()) if day is not None else end
    value = text[begin:end].strip(' 《》"“”,，-–—.。')
    if (
        not value
        or is_place(value)
        or date_at(text, begin) is not None
        or _OTHER_LABEL.match(value)
    ):
        return []
    begin = text.index(value, begin)
    close = begin + len(value)
    if "《" in value and "》" not in value and text[close : close + 1] == "》":
        close += 1
        value = text[begin:close]
    issue = _ISSUE_BEHIND.search(value)
    if issue is not None and issue.start() > 1:
        close = begin + issue.start()
        value = text[begin:close]
    address = _ADDRESS_BEHIND.match(text, end)
    stop = address.end() if address else end
    if value.casefold() in no_persons() or not _NAMED.search(value) or _DOMAIN.search(value):
        return [Found(Field.CREDIT, begin, close, stop)]
    found = Found(Field.OUTLET, begin, close, stop, value=value, labelled=True)
    return [found, *_chained(text, end)]


def _ends_with_paper(text: str, at: int) -> bool:
    known = outlet_pattern().match(text, at)
    if known is not None:
        return True
    value = _COMMA.split(text[at : value_end(text, at)])[0].strip(" .。)）】]")
    if account_pattern().fullmatch(value) or short_paper_pattern().fullmatch(value):
        return True
    name = masthead_pattern().match(text, at)
    if name is None:
        return False
    rest = text[name.end() :].lstrip(" ,，").removeprefix("on ")
    return not rest.strip(" .。)）】]") or date_at(rest) is not None


def _chained(text: str, at: int) -> list[Found]:
    chain = _CHAIN.match(text, at)
    if chain is None:
        return []
    start, stop = chain.span("name")
    return [Found(Field.OUTLET, start, stop, chain.end(), "chain", chain["name"].strip())]


_ACCOUNT = re.compile(
    r"以下(?:文章|内容)来源于\s?(?P<from>[^\s，,。；;：:]{2,20})(?=\s?(?:[，,]|\Z))|"
    r"(?:本文|文章|此文|内容|本稿)?(?:转载|转发|首发|原载|摘)?(?:来自于?|来源于?|自|于)\s?"
    r"(?:微信|新浪微博)?(?:公众号|公号|账号)\s?[:：]?\s?[“\"「《]?(?P<name>[^“”\"「」《》（）()，,；;。\s]{2,24})[”\"」》]?"
    r"(?:\s?[（(]\s?(?:微信)?(?:公众号)?(?:ID|id|微信号)\s?[:：]\s?[\w\-]{2,40}\s?[)）])?"
)


_ACCORDING = re.compile(
    r"[据據]\s?(?P<name>[^（()）\s]{2,16}?)(?:报道|報導|消息|客户端|综合)?(?=\s?[)）\]】])"
)


def read_account(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """``本文来自微信公众号：某某（ID：…）``, ``（据某某晚报）``."""
    match = _ACCORDING.match(text, at)
    if match is not None and not _ends_with_paper(match["name"], 0):
        match = None
    match = match or _ACCOUNT.match(text, at)
    if match is None:
        return []
    start, end = match.span("from" if match.re is _ACCOUNT and match["from"] else "name")
    return [Found(Field.OUTLET, start, end, match.end(), value=text[start:end], labelled=True)]


_GIVEN = re.compile(
    r"[\u3400-\u9fff]{2,10}?(?:供图|供圖|提供图片|资料图片?|资料照片|视频截图|視頻截圖|資料圖片?|資料照)(?![\u3400-\u9fff])"
    r"|[\u3400-\u9fff]{2,10}?(?:、[\u3400-\u9fff]{2,10}?){0,3}(?:供稿|供圖文|供图文)(?![\u3400-\u9fff：:/／])"
    r"|(?:本文|文中|文内)?(?:图片|照片|配图|视频|圖片)(?:及视频|和视频|、视频)?(?:均|皆)?"
    r"(?:由[^\s，。；;]{1,16}?(?:提供|拍摄|供图)|(?:来自|來自|取自|源自)[^\s，。；;]{1,20}|[为系][^\s，。；;]{0,12}?(?:资料图|供图|提供))"
)
#: Whose picture it is: a name, an agency and a shop of pictures.
_STOCK = re.compile(
    r"[^.!?:：，。]{2,70}(?:[/|]| via | for |, )\s?(?:Getty(?: Images)?|Shutterstock|Unsplash"
    r"|iStock(?:photo)?|Pexels|Pixabay|Adobe Stock|Alamy|Depositphotos|Flickr)"
    r"(?: Stock Photo)?[)]?\Z",
    re.IGNORECASE,
)
_TAKEN = re.compile(r"\s?[\u3400-\u9fff]{2,4}\s?(?:摄|攝)(?![\u3400-\u9fff])")


def read_credit(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """``图片来源：…``, ``Photo credit: …``, ``受访者供图``: whose picture, not whose text."""
    stock = _STOCK.match(text, at) if at == 0 else None
    if stock is not None:
        return [Found(Field.CREDIT, at, stock.end(), stock.end())]
    given = _GIVEN.match(text, at)
    if given is not None:
        return [Found(Field.CREDIT, at, given.end(), given.end())]
    label = _label("credit").match(text, at)
    if label is None or not (label["mark"].strip() or (label["mark"] and text[at] > "\u3400")):
        return []
    end = value_end(text, label.end())
    taken = _TAKEN.match(text, end)
    stop = taken.end() if taken else end
    return [Found(Field.CREDIT, at, stop, stop)] if end > label.end() else []


def read_original_title(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """``原标题：《…》``, ``originally published in X under the headline “…”``."""
    first = _FIRST_PUBLISHED.match(text, at)
    if first is not None:
        start, end = first.span("where")
        found = [
            Found(Field.OUTLET, start, end, first.end(), "chain", first["where"], labelled=True)
        ]
        for group in ("title", "same"):
            if first[group]:
                start, end = first.span(group)
                title = Found(Field.ORIGINAL_TITLE, start, end, first.end(), value=first[group])
                found.append(replace(title, labelled=True))
        when = date_at(first["when"]) if first["when"] else None
        if when is not None and when.has_day:
            start, end = first.span("when")
            day = Found(Field.PUBLISHED, start, end, first.end(), "first", date=when)
            found.append(replace(day, labelled=True))
        return found
    dated = _FIRST_ON.match(text, at)
    when = date_at(text, dated.start("when")) if dated else None
    if dated is not None and when is not None and when.end == dated.end("when"):
        start, end = dated.span("where")
        start -= 4 if dated["the"] == "The " else 0
        stop = dated.end()
        return [
            Found(Field.PUBLISHED, when.start, when.end, stop, date=when, labelled=True),
            Found(Field.OUTLET, start, end, stop, value=text[start:end], labelled=True),
        ]
    printed = _IN_PRINT.match(text, at)
    if printed is not None:
        start, end = printed.span("title")
        value = printed["title"]
        return [Found(Field.ORIGINAL_TITLE, start, end, len(text), value=value, labelled=True)]
    label = _label("original_title").match(text, at)
    if label is None:
        return []
    begin = label.end()
    if not label["mark"].strip():
        named = re.compile(r"(?:[为是]\s?[:：]?\s?)?(?=[《“\"「])").match(text, begin)
        if named is None or text[named.end() : named.end() + 1] not in _QUOTES:
            return []
        begin = named.end()
    quote = _QUOTES.get(text[begin : begin + 1])
    close = text.find(quote, begin + 1) if quote is not None else -1
    # A title may begin with a word in quotation marks, and go on behind them.
    if close > begin + 1 and text[close + 1 : close + 2] in _BEHIND_TITLE:
        begin, end, stop = begin + 1, close, close + 1
    else:
        boundary = _TITLE_ENDS.search(text, begin)
        stop = boundary.start() if boundary else len(text)
        end = begin + len(text[begin:stop].rstrip())
    if begin >= end:
        return []
    value = text[begin:end]
    return [Found(Field.ORIGINAL_TITLE, begin, end, stop, value=value, labelled=True)]


#: ``A version of this article appears in print on …, with the headline: …``.
_IN_PRINT = re.compile(
    r"(?:A version of )?[Tt]his (?:article|story|piece|essay|column) "
    r"(?:appears|appeared|ran|was printed)"
    r" in (?:the )?[^“”\"]{0,140}?(?:with the headline|under the (?:headline|title)"
    r"|\bedition,? as)\s?[:：]?\s?[“\"‘']?(?P<title>[A-Z0-9][^“”\"]{2,140}?)[.,]?[”\"’']?[.,]?\Z"
)
#: ``This story was first published on 6 May 2024 in the Halden Times and has been edited.``
_FIRST_ON = re.compile(
    r"(?:A version of )?[Tt]his (?:article|story|piece|essay|column|post|report"
    r"|interview) (?:was |has been )?"
    r"(?:(?:originally|first) )?(?:published|appeared|printed|posted) (?:on )?(?P<when>(?:\d"
    r"|[A-Z])[\w,. ]{5,24}?) "
    r"(?:in|on|by|at) (?P<the>[Tt]he )?(?P<where>[A-Z][^“”\".:;,]{1,40}?)"
    r"(?:,? (?:and|with|under|as) [^.]{1,100})?[.]?\Z"
)
_FIRST_PUBLISHED = re.compile(
    r"(?:A version of )?[Tt]his (?:article|story|piece|essay|column|post|report"
    r"|interview) (?:was )?"
    r"(?:(?:originally|first) )?(?:published|appeared|printed|posted|produced) (?:in|on|by|at) "
    r"(?:the (?![^.]{0,40}\bedition\b))?"
    r"(?!(?:[A-Z][a-z]{2,8}\.? )?\d)(?P<where>[A-Z][^“”\".:;]{1,40}?)"
    r"(?:,? (?:on |in )?(?P<when>(?:[A-Z][a-z]{2,8}\.? \d{1,2}, |\d{1,2} [A-Z][a-z]{2,8}\.? )"
    r"(?:19|20)\d\d|[A-Z][a-z]{2,8} (?:19|20)\d\d))?"
    r"(?:,? under the (?:title|headline) [“\"‘'](?P<title>[^“”\"]{2,120}?)[”\"’']"
    r"|: (?P<same>[^:]{2,120}))?"
    r"[.,]?\Z"
)


@cache
def _url() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<label>{label_words('url')})\s?[:：]?\s?)?"
        r"(?P<url>(?:https?://|www\.)[^\s\u3400-\u9fff<>\"'）)]{1,500})",
        re.IGNORECASE,
    )


def read_url(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """An address, with or without a label."""
    match = _url().match(text, at)
    if match is None:
        return []
    start, end = match.span("url")
    labelled = match["label"] is not None
    if not labelled and match["url"].rstrip("/").count("/") < 3:
        return [Found(Field.TOOL, start, end, end)]  # the site's own name
    return [Found(Field.URL, start, end, end, value=match["url"], labelled=labelled)]
