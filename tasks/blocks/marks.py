"""Marks at the start of a paragraph: bullets, numbers, heading and caption marks, table pipes.

Each mark that is found leaves the text as a removal and says what kind of block follows.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from models.records import BlockKind, RemovalReason
from tasks.blocks.surgery import Excision

_SHORT_HEADING = 90  # characters of a line that a heading mark makes a heading

_RULE_LINE = re.compile(r"[\s\-_*=~—–─━═·•.#＊＝＿☆★◆◇○●|+:^]{3,}\Z")
_FENCE = re.compile(r"(?:```|~~~)[\w+\-]{0,20}\s*\Z")
_HASHES = re.compile(r"(#{1,6})[ \t]+")
_CLOSING_HASHES = re.compile(r"[ \t]+#{1,6}\Z")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_SPEAKER_ARROWS = re.compile(r">{2,3}[ \t]*(?=[A-Z\u3400-\u9fff][^:：]{0,40}[:：])")
_CAPTION_MARK = re.compile(r"[△▲▽▼∆][ \t\u3000]*")
_CAPTION_WORDS = re.compile(
    r"(?:图表?|圖表?|表)\s?[\d一二三四五六七八九十]{1,3}[\s：:.、]"
    r"|(?:Figure|Fig\.|Table|Chart)\s?\d{1,3}\s?[.:：]\s"
    r"|(?:图为|圖為|资料图|資料圖|图源|示意图)"
    r"|(?:Photo|Image|Picture|File photo|FILE PHOTO)\s?[:：]\s|FILE\s?[-–—]\s"
)
#: Where a picture is from, or who took it, at the end of a line.
_CAPTION_END = re.compile(
    r"(?:(?:视频|視頻|报道|報導|网页|网络|新闻|手机|微博)截[图圖]|资料图片?|資料圖片?|资料照片?|資料照片?|网络图片|示意图"
    r"|[\u3400-\u9fff]{2}供[图圖](?:\s[\u3400-\u9fff]{2,6}发)?|(?<=[\u3400-\u9fff]\s)[摄攝]|新华社发)\s?[)）]?\Z"
)
_LONGEST_CAPTION = 100
_HEADING_MARK = re.compile(r"[▌▍▎▏▊▋█■□◆◇◼◾▪►▶➤❖§][ \t\u3000]*")
_BAR_MARK = re.compile(r"[ \t\u3000]*[▌▍▎▏▊▋█■][ \t\u3000]*")
_END_MARK = re.compile(r"[ \t]*[■∎□▌◼]\Z")
_BRACKETED = re.compile(r"【([^【】]{1,60})】\Z")
_BULLET = re.compile(
    r"(?:[*+\-–—][ \t]+|[•●○◦‣⁃∙※✓✔☑◉★☆➢➣→▹▸◈][ \t\u3000]*|·[ \t\u3000]*(?=\S))(?=\S)"
)
_CIRCLED = re.compile(r"[①-⑳⓪❶-❿⑴-⒇⒈-⒛㈠-㈩][ \t\u3000]*(?=\S)")
_NUMBER = re.compile(
    r"(?P<open>[(（]?)(?P<number>\d{1,3}|[０-９]{1,3}|[一二三四五六七八九十]{1,3}|[a-zA-Z]|[ivx]{2,5})"
    r"(?P<close>[)）、.．])(?P<blank>[ \t\u3000]*)(?=\S)"
)
_PARTED = re.compile(
    r"(?:Part|PART|Chapter|CHAPTER|Section)[ .·]?(?:\d{1,2}|[IVX]{1,4}|One|Two|Three|Four|Five)\Z"
)
_FIRST_OF_MARK = frozenset(
    "#>△▲▽▼∆▌▍▎▏▊▋█■□◆◇◼◾▪►▶➤❖§【*+-–—•●○◦‣⁃∙※✓✔☑◉★☆➢➣→▹▸◈·"
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⓪❶❷❸❹❺❻❼❽❾❿⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
    "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩(（一二三四五六七八九十0123456789０１２３４５６７８９"
)
_CHINESE_DIGITS = {c: i for i, c in enumerate("一二三四五六七八九", 1)}


class Whole(Enum):
    """A line that is nothing but markup."""

    RULE = "rule_line"
    FENCE = "code_fence"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: the stretch to take out, and the kind of block it announces (None: no say)."""

    excisions: tuple[Excision, ...]
    kind: BlockKind | None


@dataclass(frozen=True, slots=True)
class Numbering:
    """The numbers that open lines of a document, by the form of their mark.

    A single ``12.`` at a line start is a wrapped sentence; with ``11.`` or ``13.`` at another it
    is a numbered item.
    """

    seen: frozenset[tuple[str, int]]

    def fits(self, form: str, number: int) -> bool:
        """Whether the number begins a list or stands beside its neighbour."""
        return number == 1 or (form, number - 1) in self.seen or (form, number + 1) in self.seen


def find_numbering(starts: Iterable[str]) -> Numbering:
    """The numbering of a document, from the beginnings of its lines."""
    seen: set[tuple[str, int]] = set()
    for text in starts:
        bold = 2 if text.startswith("**") else 0
        if (found := _number(text, bold)) is not None:
            seen.add(found[:2])
    return Numbering(frozenset(seen))


def opens_block(text: str, numbering: Numbering) -> bool:
    """Whether a line starts with a mark, so that it cannot go on from the line before."""
    if text[0] in _FIRST_OF_MARK:
        for pattern in (_BULLET, _HASHES, _CAPTION_MARK, _HEADING_MARK, _CIRCLED):
            if pattern.match(text):
                return True
    if text[0] in ">|" or text.startswith(("**", "__", "```", "~~~", "【")):
        return True
    if _RULE_LINE.match(text):
        return True
    found = _number(text, 0)
    if found is not None and numbering.fits(*found[:2]):
        return True
    return _PARTED.match(text) is not None


def markup_line(text: str) -> Whole | None:
    """Whether a line is markup alone: a rule (``---``), a table's separator, a code fence."""
    if _FENCE.match(text):
        return Whole.FENCE
    if text[0] in "…。.、" and set(text) <= set("…。. "):
        return None  # an ellipsis: text was left out here
    return Whole.RULE if _RULE_LINE.match(text) else None


def may_start_with_mark(text: str) -> bool:
    """Whether a text may start with a mark; a fast first look."""
    first = text[0]
    if first.isascii() and first.isalpha():
        return text[1:2] in (")", "）")
    return first in _FIRST_OF_MARK or first in "|`~_="


def leading_mark(text: str, numbering: Numbering) -> Mark | None:
    """The mark that a text starts with, if any."""
    if not text or not may_start_with_mark(text):
        return None
    for find in (_markdown_mark, _caption_mark, _heading_mark, _bullet_mark):
        mark = find(text)
        if mark is not None:
            return mark
    return _number_mark(text, numbering)


def inner_mark(text: str) -> Mark | None:
    """Heading bars that stand inside a short line (``What is ▌ next?``), or end an article."""
    if len(text) <= _SHORT_HEADING:
        found = [m for m in _BAR_MARK.finditer(text) if m.start() > 0]
        if found and found[-1].end() < len(text):
            cuts = tuple(_cut(m.start(), m.end(), "heading_mark", " ") for m in found)
            return Mark(cuts, BlockKind.HEADING)
    end = _END_MARK.search(text, max(0, len(text) - 4))
    if end is not None and end.start() > 0:
        return Mark((_cut(end.start(), end.end(), "end_mark"),), None)
    return None


def table_row(text: str) -> Mark | None:
    """A row of a Markdown table, of cells with tabs between, or of a flattened table."""
    if text[0] == "|" and text[-1] == "|" and text.count("|") > 2:
        begin = len(text) - len(text[1:].lstrip())
        end = len(text[:-1].rstrip())
        if begin < end:
            cuts = (_cut(0, begin, "table_pipe"), _cut(end, len(text), "table_pipe"))
            return Mark(cuts, BlockKind.TABLE_ROW)
    if text.count("\t") >= 2 or _is_flat_row(text):
        return Mark((), BlockKind.TABLE_ROW)
    return None


def is_caption(text: str) -> bool:
    """Whether the words at its start or its end make a line a caption.

    >>> is_caption("图为新码头。"), is_caption("新码头的夜景（视频截图）"), is_caption("新码头")
    (True, True, False)
    """
    if len(text) <= 200 and _CAPTION_WORDS.match(text) is not None:
        return True
    return len(text) <= _LONGEST_CAPTION and _CAPTION_END.search(text) is not None


def is_part_heading(text: str) -> bool:
    """Whether a line only numbers a part (``Part.1``)."""
    return len(text) < 20 and _PARTED.match(text) is not None


def _cut(start: int, end: int, rule: str, joint: str = "") -> Excision:
    return Excision(start, end, RemovalReason.MARKUP, rule, joint)


def _markdown_mark(text: str) -> Mark | None:
    if text[0] == "#":
        found = _HASHES.match(text)
        if found is None or found.end() == len(text):
            return None
        cuts = [_cut(0, found.end(), "heading_mark")]
        closing = _CLOSING_HASHES.search(text, found.end())
        if closing is not None:
            cuts.append(_cut(closing.start(), closing.end(), "heading_mark"))
        return Mark(tuple(cuts), BlockKind.HEADING)
    if text[0] == ">":
        arrows = _SPEAKER_ARROWS.match(text)
        if arrows is not None:
            return Mark((_cut(0, arrows.end(), "speaker_mark"),), None)
        found = _QUOTE.match(text)
        if found is not None and found.end() < len(text):
            return Mark((_cut(0, found.end(), "quote_mark"),), BlockKind.QUOTE)
    return None


def _caption_mark(text: str) -> Mark | None:
    found = _CAPTION_MARK.match(text)
    if found is None or found.end() == len(text):
        return None
    return Mark((_cut(0, found.end(), "caption_mark"),), BlockKind.CAPTION)


def _heading_mark(text: str) -> Mark | None:
    if text[0] == "【":
        found = _BRACKETED.match(text)
        if found is None:
            return None
        cuts = (_cut(0, 1, "heading_mark"), _cut(len(text) - 1, len(text), "heading_mark"))
        return Mark(cuts, BlockKind.HEADING)
    found = _HEADING_MARK.match(text)
    if found is None or found.end() == len(text):
        return None
    kind: BlockKind | None = None
    if len(text) <= _SHORT_HEADING and text[-1] not in ".。;；,，":
        kind = BlockKind.HEADING
    elif text[0] not in "▌▍▎▏▊▋█":
        kind = BlockKind.LIST_ITEM
    return Mark((_cut(0, found.end(), "heading_mark"),), kind)


def _bullet_mark(text: str) -> Mark | None:
    found = _BULLET.match(text) or _CIRCLED.match(text)
    if found is None:
        return None
    return Mark((_cut(0, found.end(), "bullet"),), BlockKind.LIST_ITEM)


def _number_mark(text: str, numbering: Numbering) -> Mark | None:
    found = _number(text, 0)
    if found is None or not numbering.fits(*found[:2]):
        return None
    return Mark((_cut(0, found[2], "list_number"),), BlockKind.LIST_ITEM)


def _number(text: str, begin: int) -> tuple[str, int, int] | None:
    """Form, value and end of a list number at ``begin``."""
    found = _NUMBER.match(text, begin)
    if found is None:
        return None
    opening, digits, close = found["open"], found["number"], found["close"]
    closed = close in ")）"
    if bool(opening) and not closed:
        return None
    after = text[found.end()]
    if close in ".．" and not found["blank"] and (after.isascii() or after.isdigit()):
        return None
    if closed and not opening and not found["blank"] and after.isascii():
        return None
    value = _value(digits)
    if value is None or (digits.isalpha() and digits.isascii() and not closed):
        return None
    kind = "n" if digits[0].isdigit() else "zh" if not digits.isascii() else "abc"
    return f"{opening and '('}{kind}{')' if closed else close}", value, found.end()


def _value(digits: str) -> int | None:
    if digits.isdigit():
        return int(digits)
    if digits.isascii():
        return ord(digits.lower()) - 96 if len(digits) == 1 else None
    tens, _, units = digits.rpartition("十")
    if "十" not in digits:
        return _CHINESE_DIGITS[digits] if len(digits) == 1 else None
    if len(tens) > 1 or len(units) > 1:
        return None
    return _CHINESE_DIGITS.get(tens, 1) * 10 + _CHINESE_DIGITS.get(units, 0)


def _is_flat_row(text: str) -> bool:
    """Names and numbers in turn without a verb or an end mark: a table in one line."""
    if len(text) > 400 or text[-1] in ".。!！?？;；:：,，":
        return False
    cells: Sequence[str] = text.split()
    if len(cells) < 4:
        return False
    numbers = sum(
        c[0] in "0123456789+-−$¥€£" and c[-1] in "0123456789%％)万亿元kKMBx倍" for c in cells
    )
    return numbers >= 3 and numbers * 2 >= len(cells)
