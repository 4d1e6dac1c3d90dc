"""Characters: entities, blanks, invisible characters, full-width letters and digits.

All of it is done as edits, so that every character of the source can be found again. Full-width
marks are folded only inside a full-width number, time or address (``１２，８００`` is 12,800);
Chinese punctuation stays as it is, and so does everything that is ASCII already.
"""

import re
from html import unescape
from html.entities import html5

from models.revise import revise, trim
from models.spans import Change, TracedText
from tasks.blocks.lines import INVISIBLE

_WIDE_ALNUM = "０-９Ａ-Ｚａ-ｚ"
_BLANKS = " \t\x0b\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_MATH = "\U0001d400-\U0001d7ff"

_ENTITY = re.compile(
    r"&(?:amp;){0,3}(?:#\d{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,30};)|&nbsp(?![A-Za-z;=])"
)
#: Any of what :func:`_tidy` looks at but for two blanks; most texts have none.
_ODD = re.compile(f"[{_CONTROLS}{re.escape(INVISIBLE)}{_BLANKS[1:]}{_WIDE_ALNUM}％{_MATH}]")
_RUNS = re.compile(
    f"(?P<invisible>[{_CONTROLS}{re.escape(INVISIBLE)}]+)"
    f"|(?P<blank>[{_BLANKS}]+)"
    f"|(?P<wide>[＄￥＃＠]?[{_WIDE_ALNUM}]+(?:[．，：／－＿＠＋＆＝？～＃][{_WIDE_ALNUM}]+)*％?)"
    "|(?P<percent>(?<=[0-9])％)"
    f"|(?P<math>[{_MATH}]+)"
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)")
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?!\d)")
_ADDRESS = re.compile(
    r"www\.|https?:|[a-z0-9]@[a-z0-9]|[a-z0-9]\.(?:com|net|org|cn|cc|vip|top|info|xyz)\b",
    re.IGNORECASE,
)
_FOLD = {ord(c): ord(c) - 0xFEE0 for c in map(chr, range(0xFF01, 0xFF5F))}
_SPACED_HAN = re.compile(
    r"(?<![\u3400-\u9fff])[\u3400-\u9fff](?: [\u3400-\u9fff]){3,40}(?![\u3400-\u9fff])"
)
#: What spaced-out text has at least; searching for it is much the fastest.
_LONE_HAN = re.compile(r" [\u3400-\u9fff] ")
_NUMERALS = frozenset("一二三四五六七八九十百千万亿零〇 ")


def decode_entities(traced: TracedText) -> TracedText:
    r"""``traced`` with HTML entities read.

    >>> decode_entities(TracedText.of("R&amp;D&nbsp;&#8220;AT&T;&#8221;", 0, 31)).text
    'R&D\xa0“AT&T;”'
    """
    text = traced.text
    if "&" not in text:
        return traced
    changes = []
    for match in _ENTITY.finditer(text):
        after = _meaning(match[0])
        if after is not None:
            changes.append(Change(match.start(), match.end(), after, "entity"))
    return revise(traced, changes).text


def tidy(traced: TracedText) -> TracedText:
    """``traced`` with blanks, invisible characters and full-width letters and digits put right.

    >>> tidy(TracedText.of("１２，８００\u3000元\u200b，２０：３０", 0, 16)).text
    '12,800 元，20:30'
    """
    text = traced.text
    if text.isascii() and text.isprintable() and "  " not in text:
        return trim(traced)
    if "  " in text or _ODD.search(text) is not None:
        traced = revise(traced, _tidy(text)).text
        text = traced.text
    if not text.isascii() and _LONE_HAN.search(text) is not None:
        traced = revise(traced, _spaced_out(text)).text
    return trim(traced)


def _meaning(entity: str) -> str | None:
    """What an entity stands for, also when its ampersand was escaped again; None when unknown."""
    while entity.startswith("&amp;") and len(entity) > 5:
        entity = "&" + entity[5:]
    if entity == "&nbsp":
        return " "
    if not entity.startswith("&#") and entity[1:] not in html5:
        return None
    after = unescape(entity)
    return "" if after in ("\ufffd", entity) else after


def _tidy(text: str) -> list[Change]:
    changes: list[Change] = []
    for match in _RUNS.finditer(text):
        kind = match.lastgroup
        before = match[0]
        if kind == "blank":
            after, reason = " ", "blank"
        elif kind == "invisible":
            after, reason = _visible_rest(text, match.start(), before), "invisible"
        elif kind == "math":
            after, reason = _plain_letters(before), "compatibility"
        else:
            after, reason = _narrow(before), "width"
        if after != before:
            changes.append(Change(match.start(), match.end(), after, reason))
    return changes


def _visible_rest(text: str, at: int, run: str) -> str:
    """Nothing, but for the joiner inside an emoji."""
    joined = (
        run == "\u200d" and at > 0 and (ord(text[at - 1]) > 0x1F000 or text[at - 1] == "\ufe0f")
    )
    return run if joined else ""


def _plain_letters(run: str) -> str:
    from unicodedata import normalize

    return normalize("NFKC", run)


def _narrow(run: str) -> str:
    """A full-width run in ASCII, but for the marks that are Chinese punctuation in it.

    >>> _narrow("１２，８００"), _narrow("１，２"), _narrow("２０：３０"), _narrow("Ａ：Ｂ")
    ('12,800', '1，2', '20:30', 'A：B')
    """
    folded = run.translate(_FOLD)
    if folded.isascii() and not any(mark in folded for mark in ",:?=&#~"):
        return folded
    if _ADDRESS.search(folded):
        return folded
    keep = bytearray(b"\x01" * len(folded))
    for pattern in (_GROUPED, _TIME):
        for match in pattern.finditer(folded):
            for at in range(match.start(), match.end()):
                keep[at] = 0
    return "".join(
        old if new in ",:?=&#~" and held else new
        for old, new, held in zip(run, folded, keep, strict=True)
    )


def _spaced_out(text: str) -> list[Change]:
    """Blanks between single Chinese characters, as text recognition leaves them."""
    changes: list[Change] = []
    for match in _SPACED_HAN.finditer(text):
        if set(match[0]) <= _NUMERALS:
            continue
        changes += [
            Change(at, at + 1, "", "ocr_blank") for at in range(match.start() + 1, match.end(), 2)
        ]
    return changes
