"""Whole lines that are site furniture, recognised by their form.

The forms are data: ``lines.tsv`` (with ``words.tsv``) and ``share_words.txt``.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from models.records import BlockKind, DraftBlock, RemovalReason
from tasks.blocks.wordlists import read_list, read_table
from tasks.clean.verdict import Verdict, Verdicts

_HERE = Path(__file__).parent
_SHORT = 200  # characters of a line that may be any kind of furniture
_LONG = 1600  # characters of a disclaimer, cookie notice or comment
#: A longer line is looked at only when one of these stands in it.
_LONG_SIGNS = re.compile(
    r"[Cc]ookie|[Dd]isclaim|[Dd]isclosure|DISCLAIMER|[Aa]ll [Rr]ights|\breproduc|\brepublish"
    r"|\badvice\b|\bexpressed\b|©|[Cc]opyright|版[权權]|转载|轉載|免责|免責|声明|聲明|风险提示|不构成|仅代表|仅供参考"
    r"|网友|網友|楼|\bReply\b|侵权"
)
_LONG_RULES = frozenset(
    ("cookie_wall", "rights_line", "views_line", "advice_line", "disclaimer_lead", "comment_line")
)
#: Decoration around a line; full stops are not in it, they say that a line is a sentence.
_DECORATION = (
    " \t\u3000\xa0()（）[]【】〔〕<>《》〈〉«»‹›{}|｜*#>→←↑↓▶▷►◀▼▲△▽●○•·◆◇■□★☆※✦✧"
    "👉👈👇👆📱🔗📢📣🔥❤✅☞☛➡⬇⬆⬅"
    "\"'“”‘’「」『』_~—–=+\\\ufe0f"
)
_TOKEN = re.compile(r"[^\s,，、|｜/·•:：;；()（）\[\]【】+&]+")
_COUNT = re.compile(r"\d[\d.,]{0,12}\s?[kKmMwW万千亿+]?\Z")
_MOST_SHARE_TOKENS = 40
_TOOL_BORDER = re.compile(r"\s{0,3}[|｜·•/／]\s{0,3}|[】\]]\s{0,3}[【\[]|\s{1,3}")
_MOST_TOOLS, _LONGEST_TOOL = 12, 12


def chrome_lines(blocks: Sequence[DraftBlock]) -> Verdicts:
    """The blocks that are furniture of their page."""
    found: Verdicts = {}
    for index, block in enumerate(blocks):
        if block.label is not None:
            continue
        verdict = line_verdict(block.text.text, block.kind)
        if verdict is not None:
            found[index] = verdict
    return found


def bare_line(text: str) -> str:
    """A line without brackets, quotes, arrows and other decoration at its ends.

    >>> bare_line("【 广告 】")
    '广告'
    """
    return text.strip(_DECORATION)


def line_verdict(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Verdict | None:
    """What kind of furniture a line is; None when it may be text.

    >>> line_verdict("Share  Tweet  Pin 1.2K").rule, line_verdict("Share prices fell.")
    ('share_bar', None)
    """
    if len(text) > _SHORT:
        if len(text) > _LONG or _LONG_SIGNS.search(text) is None:
            return None
        return _by_pattern(text.strip(_DECORATION), long=True)
    bare = text.strip(_DECORATION)
    if not bare:
        return Verdict(RemovalReason.BOILERPLATE, "decoration")
    if kind is not BlockKind.TABLE_ROW and _is_share_bar(bare):
        return Verdict(RemovalReason.BOILERPLATE, "share_bar")
    return _by_pattern(bare, long=False) or _row_of_tools(bare)


def _row_of_tools(bare: str) -> Verdict | None:
    """Several tools in one line (``打印 | 关闭窗口``): each of them is furniture by itself."""
    tools = [tool for tool in _TOOL_BORDER.split(bare) if tool]
    if not 2 <= len(tools) <= _MOST_TOOLS or max(map(len, tools)) > _LONGEST_TOOL:
        return None
    words = _share_words()
    verdicts = [
        Verdict(RemovalReason.BOILERPLATE, "share_bar")
        if tool.lower() in words
        else _by_pattern(tool.strip(_DECORATION), long=False)
        for tool in tools
    ]
    return verdicts[0] if all(verdicts) else None


def _by_pattern(bare: str, *, long: bool) -> Verdict | None:
    for verdict, pattern in _patterns():
        if long and verdict.rule not in _LONG_RULES:
            continue
        if pattern.fullmatch(bare) is not None:
            return verdict
    return None


def _is_share_bar(bare: str) -> bool:
    """Two or more tokens, each a word of share bars or a count, at least two of them words."""
    if len(bare) > 160 or bare[-1] in ".。!！?？":
        return False
    tokens = _TOKEN.findall(bare.lower())
    if not 2 <= len(tokens) <= _MOST_SHARE_TOKENS:
        return False
    words = _share_words()
    counts = sum(_COUNT.match(t) is not None for t in tokens)
    named = {t for t in tokens if t in words}
    return len(named) >= 2 and sum(t in words for t in tokens) + counts == len(tokens)


@cache
def _share_words() -> frozenset[str]:
    entries = read_list(_HERE / "share_words.txt")
    return frozenset(part for entry in entries for part in entry.split()) | frozenset(entries)


@cache
def _patterns() -> tuple[tuple[Verdict, re.Pattern[str]], ...]:
    """The rules of ``lines.tsv``, compiled, in order."""
    sets = {name: f"(?:{words})" for name, words in read_table(_HERE / "words.tsv")}
    out = []
    for reason, rule, pattern in read_table(_HERE / "lines.tsv"):
        for name, words in sets.items():
            pattern = pattern.replace("{" + name + "}", words)
        out.append((Verdict(RemovalReason(reason), rule), re.compile(pattern, re.IGNORECASE)))
    return tuple(out)
