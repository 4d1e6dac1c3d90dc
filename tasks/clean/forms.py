"""Whole lines that are site furniture, recognised by their form.

The forms are data: ``lines.tsv`` (with ``words.tsv``) and ``share_words.txt``.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple
from unicodedata import category

from models.records import BlockKind, DraftBlock, RemovalReason
from tasks.blocks.prose import weight
from tasks.blocks.signs import any_part
from tasks.blocks.wordlists import read_list, read_table
from tasks.clean.coverage import is_speech, is_told
from tasks.clean.requests import request_verdict
from tasks.clean.two_languages import DECORATION, in_both_languages
from tasks.clean.verdict import Verdict, Verdicts
from tasks.language.versions import is_version_line

_HERE = Path(__file__).parent
_SHORT = 240  # weight of a line that may be any kind of furniture
_PROSE = 150  # weight of a line that is a sentence when it ends like one
_CLAUSE, _CLAUSE_ENDS = 50, frozenset("；;，,")
_STOPS = frozenset(".。！？”")
_LONG = 1600  # characters of a disclaimer, cookie notice or comment
#: A long form is looked for only where one of these stands (small letters).
_LONG_SIGNS = (
    *("cookie", "disclaim", "disclosure", "rights", "reproduc", "republish", "advice"),
    *("expressed", "copyright", "reply", "your privacy"),
)
_LONG_CHINESE_SIGNS = (
    *(
        "©",
        "·",
        "版权",
        "版權",
        "转载",
        "轉載",
        "免责",
        "免責",
        "声明",
        "聲明",
        "风险提示",
        "授权",
        "授權",
        "本站",
    ),
    *("不构成", "仅代表", "仅供参考", "网友", "網友", "楼", "侵权", "风险"),
    *("風險", "观点"),
)
_LONG_SIGN = any_part(_LONG_SIGNS)
_LONG_CHINESE_SIGN = re.compile("|".join(_LONG_CHINESE_SIGNS))
_LONG_RULES = frozenset(
    ("cookie_wall", "rights_line", "views_line", "advice_line", "disclaimer_lead", "comment_line")
)
#: Rules of requests that a text may make of its readers too, as an item among others.
_REQUESTS = frozenset(
    (
        *(
            "worded",
            "newsletter",
            "app_download",
            "follow_us",
            "donate",
            "contact_author",
            "hotline",
        ),
        *(
            "feedback",
            "share_bar",
            "copy_link",
            "poll",
            "subscription_wall",
            "comment_form",
            "player",
        ),
    )
)
_FIRST_SYMBOL = "\u2190"
_HASHTAGS = re.compile(r"(?:[#＃][^\s#＃]{1,30}[#＃]?[\s,，]{0,3}){1,20}")
_LETTER = re.compile(r"\w")
_OMISSION = frozenset("….。· ")
_TOKEN = re.compile(r"[^\s,，、|｜/·•:：;；()（）\[\]【】+&]+")
_COUNT = re.compile(r"\d[\d.,]{0,12}\s?[kKmMwW万千亿+]?\Z")
_FONT_SIZES = re.compile(r"(?<!\w)a[+＋\-－]{0,2}(?: {0,2}a[+＋\-－]{0,2}){1,2}\Z")
_MOST_SHARE_TOKENS = 40
_YEAR = re.compile(r"(?:19|20)\d\d\s?年?\Z")
_TOOL_BORDER = re.compile(r"\s{0,3}[|｜·•/／]\s{0,3}|[】\]]\s{0,3}[【\[]|\s{1,3}")
_MOST_TOOLS, _LONGEST_TOOL, _MANY_SECTIONS = 40, 16, 3
_WIDE_BORDER = re.compile(r"\s{2,5}|\s{0,3}[|｜]\s{0,3}")
_SECTION, _ROW_OF_SECTIONS = 4, 4  # characters of a section's name, names of a row
_NO_TOOLS = frozenset(
    "the a of in for and is are as at with by to on no not my from or".split()  # noqa: SIM905
)


def chrome_lines(blocks: Sequence[DraftBlock]) -> Verdicts:
    """The blocks that are furniture of their page."""
    found: Verdicts = {}
    for index, block in enumerate(blocks):
        if block.label is None:
            verdict = line_verdict(block.text.text, block.kind)
        else:  # a reader's name that was taken for a speaker's
            verdict = line_verdict(f"{block.label.text}: {block.text.text}")
            if verdict is not None and verdict.reason is not RemovalReason.COMMENT:
                verdict = None
        if verdict is not None and not _is_date_part(blocks, index, verdict):
            found[index] = verdict
    return _without_list_items(blocks, found)


def _is_date_part(blocks: Sequence[DraftBlock], index: int, verdict: Verdict) -> bool:
    """Whether what looks like a page number stands beside a year: ``2025``, ``05/21``."""
    if verdict.reason is not RemovalReason.PAGINATION:
        return False
    beside = (*blocks[max(0, index - 1) : index], *blocks[index + 1 : index + 2])
    return any(_YEAR.match(block.text.text) is not None for block in beside)


def _without_list_items(blocks: Sequence[DraftBlock], found: Verdicts) -> Verdicts:
    """``found`` without items of lists that are no furniture for the most part.

    ``Sign up for text alerts from the city`` is advice among other advice.
    """
    at = 0
    while at < len(blocks):
        end = at
        while end < len(blocks) and blocks[end].kind is BlockKind.LIST_ITEM:
            end += 1
        items = [index for index in range(at, end) if index in found]
        if items and len(items) * 2 <= end - at:
            for index in items:
                if found[index].rule in _REQUESTS:
                    del found[index]
        at = end + 1
    return found


def bare_line(text: str) -> str:
    """A line without brackets, quotes, arrows and other decoration at its ends.

    >>> bare_line("【 广告 】")
    '广告'
    """
    bare = text.strip(DECORATION)
    while bare and bare[0] > _FIRST_SYMBOL and category(bare[0]) == "So":
        bare = bare[1:].lstrip(DECORATION)
    return bare


def line_verdict(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Verdict | None:
    """What kind of furniture a line is; None when it may be text.

    >>> line_verdict("Share  Tweet  Pin 1.2K").rule, line_verdict("Share prices fell.")
    ('share_bar', None)
    """
    size = weight(text)
    if size > _SHORT or (size > _PROSE and text[-1] in _STOPS):
        if len(text) > _LONG:
            return None
        return _by_pattern(text.strip(DECORATION).lower(), long=True)
    return _short_verdict(text, kind is BlockKind.TABLE_ROW)


@lru_cache(maxsize=4096)  # pages of a site have the same lines
def _short_verdict(text: str, in_table: bool) -> Verdict | None:
    bare = bare_line(text).lower()
    if not bare:
        return Verdict(RemovalReason.BOILERPLATE, "decoration")
    if _LETTER.search(bare) is None and set(bare) - _OMISSION:
        return Verdict(RemovalReason.BOILERPLATE, "decoration")
    if is_told(text):
        return None
    if text[0] in "#＃" and _HASHTAGS.fullmatch(text) is not None:
        return Verdict(RemovalReason.BOILERPLATE, "hashtags")
    if not in_table and _is_share_bar(bare):
        return Verdict(RemovalReason.BOILERPLATE, "share_bar")
    if text[-1] in _STOPS and bare.isascii() and is_speech(bare):
        return None
    if text[-1] in _CLAUSE_ENDS and weight(text) >= _CLAUSE:  # of a law, of a list
        return None
    if is_version_line(bare):
        return Verdict(RemovalReason.BOILERPLATE, "language_switch")
    return (
        _by_pattern(bare, long=False)
        or _row_of_tools(bare)
        or request_verdict(bare, bare_line(text))
        or in_both_languages(bare, line_verdict)
    )


def _has_sign(text: str) -> bool:
    """Whether a long form may stand in a line; a fast first look."""
    if _LONG_SIGN.search(text) is not None:
        return True
    return not text.isascii() and _LONG_CHINESE_SIGN.search(text) is not None


def _row_of_tools(bare: str) -> Verdict | None:
    """Several tools in one line (``打印 | 关闭窗口``): each of them is furniture by itself."""
    wide = [part for part in _WIDE_BORDER.split(bare) if part]
    known = sum(part in _section_words() for part in wide)
    short = all(len(part) <= _LONGEST_TOOL for part in wide)
    if short and len(wide) > _MANY_SECTIONS and known * 2 >= len(wide):
        return Verdict(RemovalReason.BOILERPLATE, "navigation")
    tools = [tool for tool in _TOOL_BORDER.split(bare) if tool]
    if not 2 <= len(tools) <= _MOST_TOOLS or max(map(len, tools)) > _LONGEST_TOOL:
        return None
    if len(tools) > _MANY_SECTIONS and _are_sections(tools):
        return Verdict(RemovalReason.BOILERPLATE, "navigation")
    if not _NO_TOOLS.isdisjoint(tools):
        return None
    first: Verdict | None = None
    for tool in tools:
        if tool in _share_words():
            verdict: Verdict | None = Verdict(RemovalReason.BOILERPLATE, "share_bar")
        else:
            verdict = _by_pattern(tool.strip(DECORATION), long=False)
        if verdict is None:
            return None
        first = first or verdict
    return first


def _are_sections(words: Sequence[str]) -> bool:
    """Whether a row of words is one of sections: all known, or half of many short Chinese ones."""
    known = sum(word in _section_words() for word in words)
    if known == len(words):
        return True
    short = all(len(word) <= _SECTION and word >= "\u3400" for word in words)
    enough = known * 2 >= len(words) if len(words) > _ROW_OF_SECTIONS else known + 1 == len(words)
    return short and enough


def _by_pattern(bare: str, *, long: bool) -> Verdict | None:
    """The first form that a whole line (in small letters) has; long ones where a sign is."""
    if not long:
        verdict = _match(bare, _patterns(long=False))
        if verdict is not None:
            return verdict
    return _match(bare, _patterns(long=True)) if _has_sign(bare) else None


def _match(bare: str, forms: "_Forms") -> Verdict | None:
    found = forms.pattern.fullmatch(bare)
    if found is None or found.lastgroup is None:
        return None
    return forms.verdicts[int(found.lastgroup[1:])]


def _is_share_bar(bare: str) -> bool:
    """Two or more tokens, each a word of share bars or a count, at least two of them words."""
    if len(bare) > 160 or bare[-1] in ".。!！?？":
        return False
    bare = _FONT_SIZES.sub("", bare) or bare
    tokens = _TOKEN.findall(bare)
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
def _section_words() -> frozenset[str]:
    return frozenset(read_list(_HERE / "section_words.txt"))


class _Forms(NamedTuple):
    """Forms of lines in one expression; the group ``gN`` belongs to verdict N."""

    pattern: re.Pattern[str]
    verdicts: tuple[Verdict, ...]


@cache
def _patterns(*, long: bool) -> _Forms:
    """The rules of ``lines.tsv`` in order: those that long lines may have, or the others."""
    sets = {name: f"(?:{words})" for name, words in read_table(_HERE / "words.tsv")}
    verdicts: list[Verdict] = []
    branches: list[str] = []
    for reason, rule, pattern in read_table(_HERE / "lines.tsv"):
        if (rule in _LONG_RULES) != long:
            continue
        for name, words in sets.items():
            pattern = pattern.replace("{" + name + "}", words)
        branches.append(f"(?P<g{len(verdicts)}>{pattern})")
        verdicts.append(Verdict(RemovalReason(reason), rule))
    return _Forms(re.compile("|".join(branches)), tuple(verdicts))
