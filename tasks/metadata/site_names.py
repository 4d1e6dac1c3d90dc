"""The outlet as the page's own lines name it: a masthead that comes again in a line of rights.

Neither sign is enough alone: a first line may be a section, and the holder of the rights may be
the company behind the paper, or an agency.
"""

import re
from collections.abc import Sequence

from models.records import Removal, RemovalReason
from models.spans import TracedText
from tasks.metadata.found import Field, Found

_TOP = 16  # removed lines among which the masthead stands
_LONGEST, _LONGEST_LINE = 40, 200
_HAN_NAME, _LATIN_NAME = 3, 5  # characters of the shortest name that is looked for
_SIGN = re.compile(r"©|\(c\)|[Cc]opyright|COPYRIGHT|版权|版權|[Aa]ll [Rr]ights [Rr]eserved")
_NOT_NAME = re.compile(
    r"©|\([cC]\)|(?i:copyright|all rights reserved|published by|the content)"
    r"|版[权權](?:所有|声明|归属)?[:：]?|保留(?:一切|所有)?[权權]利"
    r"|(?:19|20)\d\d(?:\s?[-–—~至]\s?(?:(?:19|20)\d\d|\d\d))?"
)
_PARTS = re.compile(
    r"[.,，。;；:：|｜·•\n\t/\u3000]|\s{2,}|\s[-–—]\s|\bby\b|不得|未经|未經|所有|归"
)
_COMPANY = re.compile(
    r"(?:,? (?:Ltd|Limited|Inc|LLC|PLC|plc|Company|Co|Corporation|Corp|Media|Group|Publishing"
    r"|Publications|Holdings|Trust|Online|Network|Digital|Newspapers?))+\.?\Z"
    r"|(?:传媒|傳媒|网络|数字|科技|文化|信息|新闻)*(?:股份)?(?:有限)?(?:责任)?"
    r"(?:公司|集团|集團|(?<=报)业|(?<=報)業|(?<=[报報刊])社|杂志社|出版社)\Z"
)
#: Lines in which the site says that a text is its own.
_OWN = re.compile(r"原创|原創|著作[权權]|转载|轉載|授[权權]|未[经經]|©|[Cc]opyright|版[权權]")
_MARKS = re.compile(r"[\W_]+")


def holders(removals: Sequence[Removal]) -> frozenset[str]:
    """Keys of the names in the site's lines about its rights, as :func:`key` makes them."""
    out: set[str] = set()
    for gone in removals:
        text = gone.text
        if gone.reason not in (RemovalReason.BOILERPLATE, RemovalReason.DISCLAIMER):
            continue
        if len(text) > _LONGEST_LINE or _SIGN.search(text) is None:
            continue
        for part in _PARTS.split(_NOT_NAME.sub("\n", text)):
            name = part.strip()
            if 1 < len(name) <= _LONGEST:
                out.add(key(name))
                out.add(key(_COMPANY.sub("", name)))
    return frozenset(out - {""})


def is_said_by_site(name: str, removals: Sequence[Removal]) -> bool:
    """Whether a line in which the site says that a text is its own has a name."""
    if len(name) < (_HAN_NAME if name > "\u3400" else _LATIN_NAME):
        return False
    return any(
        name in gone.text and len(gone.text) <= _LONGEST_LINE and _OWN.search(gone.text)
        for gone in removals
        if gone.reason in (RemovalReason.BOILERPLATE, RemovalReason.DISCLAIMER)
    )


def key(name: str) -> str:
    """A name without case, marks, blanks and article.

    >>> key("The Delta Mirror"), key("海曲 网")
    ('deltamirror', '海曲网')
    """
    folded = name.casefold().strip()
    return _MARKS.sub("", folded.removeprefix("the "))


def masthead(
    source: str, removals: Sequence[Removal], first: int, names: frozenset[str], top: int = _TOP
) -> tuple[Removal, TracedText, Found] | None:
    """The removed line above ``first`` that is one of the ``names``, and the outlet it is."""
    for gone in removals[:top]:
        if gone.pieces[0][0] >= first:
            return None
        text = gone.text
        if len(text) > _LONGEST + 10 or len(gone.pieces) != 1 or key(text) not in names:
            continue
        start, end = gone.pieces[0]
        begin = start + len(source[start:end]) - len(source[start:end].lstrip())
        traced = TracedText.of(source, begin, begin + len(source[begin:end].rstrip()))
        size = len(traced.text)
        return gone, traced, Found(Field.OUTLET, 0, size, size, value=traced.text)
    return None


#: What a site says of itself, with its name.
_ABOUT_ITSELF = re.compile(
    r"(?:subscribe to|(?:discover )?more (?:from|on)|about|follow|welcome to|contribute to|inside"
    r"|advertise (?:with|on|in)|work (?:for|at|with)|support|join|search|download|get|why trust"
    r"|write for|made by|powered by|关于|關於|关注|關注|下载|下載|打开|打開|欢迎来到|加入) "
    r"(?:the )?(?P<behind>[^|·:：,，。.!！]{3,36}?)"
    r"(?: (?:newsletters?|app|on [a-z ]{1,20}|today|now|for free|客户端))?"
    r"|(?:the )?(?P<front>[^|·:：,，。.!！]{3,36}?) "
    r"(?:newsletters?|podcasts?|apps?|store|shop|staff|team|on facebook|on twitter"
    r"|terms of (?:use|service)|privacy policy|is published|archives?)\b.{0,60}",
    re.IGNORECASE,
)
_OWN_LINES = 2  # lines in which a site must speak of itself
_GENERIC_NAME = re.compile(
    r"(?:us|me|our|my|your?|the|all|this|these|more|new|free|daily|weekly|with|by|e-?mail|print|contact|sign|log)\b"
    r"|.*\b(?:author|writer|us|you|facebook|twitter|instagram|youtube|google|apple|newsletters?|article|story|page|site"
    r"|website|home|news|sports?|podcasts?|videos?|jobs|events|weather|stories|topics?|email|app|rss)\Z",
    re.IGNORECASE,
)


def said_often(
    source: str, removals: Sequence[Removal]
) -> tuple[Removal, TracedText, Found] | None:
    """The removed line that is only a name, of which other lines of the site speak as of itself
    (``More from …``, ``Subscribe to …``), and the outlet it is.
    """
    said: dict[str, set[str]] = {}
    for gone in removals:
        text = gone.text.strip()
        if len(text) > _LONGEST_LINE // 2 or gone.reason is RemovalReason.COMMENT:
            continue
        match = _ABOUT_ITSELF.fullmatch(text)
        name = (match["behind"] or match["front"]) if match is not None else ""
        if name and _GENERIC_NAME.match(name) is None:
            said.setdefault(key(name), set()).add(key(text))
    names = frozenset(name for name, lines in said.items() if len(lines) >= _OWN_LINES)
    return masthead(source, removals, len(source), names, len(removals)) if names else None
