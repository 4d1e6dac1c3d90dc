"""Headers of exports: ``Title: …``, ``【来源】…``, ``Section: …``, ``正文：``.

A label in brackets is read like one with a colon. A label that names the title marks it, one that
names nothing we keep leaves with its value, and one that names the body leaves alone.
"""

import re
from collections.abc import Sequence
from functools import cache

from models.records import BlockKind, DraftBlock
from models.revise import partition, trim
from models.spans import TracedText
from tasks.blocks.prose import mostly_chinese
from tasks.metadata.found import Field, Found
from tasks.metadata.values import value_end
from tasks.metadata.words import counter_of, counter_words, label_words, role_of, role_words

_TOP = 14  # blocks among which a header stands
_LONGEST_TITLE = 220  # characters
_LONGEST_LINE, _LONGEST_LABEL = 300, 60  # characters of a line with labels, and of its first one
_IN_BRACKETS = re.compile(r"[【\[［〔](?P<label>[^【】\[\]［］〔〕\s]{2,10})[】\]］〕]\s?(?=\S)")
#: A label of two or three characters, set to the width of longer ones (``来　源：``).
_WITH_GAPS = re.compile(
    r"(?<![\u3400-\u9fff])(?P<label>[\u3400-\u9fff](?:[ \u3000]{1,4}[\u3400-\u9fff]){1,2})[:：]"
)
_GAPS = frozenset(" \u3000")
_OF_POSTS, _LONGEST_SOURCE = frozenset(("转载", "轉載", "转帖", "轉帖")), 14
#: A line in both scripts with the mark of a label.
_MARKS = re.compile(r"[:：|｜丨]")
_NOT_TEXT = re.compile(r"[\W_]+")


@cache
def _labels() -> re.Pattern[str]:
    kinds = ("published", "updated", "outlet", "original_title", "credit", "url", "other", "title")
    return re.compile("|".join(label_words(kind) for kind in kinds), re.IGNORECASE)


def _without_gaps(label: re.Match[str]) -> str:
    """A label without the blanks inside it, which stand in front of it instead."""
    words = "".join(label["label"].split())
    known = role_of(words) is not None or _labels().fullmatch(words) is not None
    return words.rjust(len(label["label"])) + "：" if known else label[0]


@cache
def _twice() -> re.Pattern[str]:
    """A label in one language in front of the same in the other (``译者 Translator:``)."""
    kinds = ("published", "updated", "outlet", "other", "title", "credit")
    known = "|".join([role_words(), counter_words(), *(label_words(kind) for kind in kinds)])
    joint = r"\s?[/|｜·]?\s?"
    return re.compile(
        rf"(?:\A|(?<=[\s|｜/;；]))(?P<zh>[\u3400-\u9fff]{{1,6}})"
        rf"(?=[ /|｜·]*+[\0-\x7f])(?={joint}(?:{known})\s?[:：|｜丨])"
        rf"|(?:\A|(?<=[\s|｜/;；]))(?P<en>[A-Za-z][A-Za-z \-]{{1,24}}?)"
        rf"(?={joint}(?P<other>[\u3400-\u9fff]{{1,6}})\s?[:：|｜丨])",
        re.IGNORECASE,
    )


#: What two labels have that :func:`_twice` finds: Chinese and then another script, or the other way
#: about. Looking for that is many times as fast.
_TWO_SCRIPTS = re.compile(
    r"(?:\A|[\s|｜/;；])[\u3400-\u9fff]{1,6}[ /|｜·]*+[\0-\x7f]"
    r"|[a-z \-][\s/|｜·]{0,3}[\u3400-\u9fff]{1,6}\s?[:：|｜丨]",
    re.IGNORECASE,
)


def _without_first(label: re.Match[str]) -> str:
    """Blanks instead of the first of two labels that both are known."""
    words = label["zh"] or label["en"]
    both = _is_label(words) and (label["zh"] is not None or _is_label(label["other"]))
    return " " * len(words) if both else words


def _is_label(words: str) -> bool:
    return (
        role_of(words) is not None
        or counter_of(words) is not None
        or _labels().fullmatch(words) is not None
    )


def plain_labels(text: str) -> str:
    """The text with labels in brackets as labels with a colon; not a character longer or shorter.

    >>> plain_labels("【来源】某某网"), plain_labels("【深度】某某")
    (' 来源：某某网', '【深度】某某')
    """
    if text[1:2] in _GAPS or "\u3000" in text:
        text = _WITH_GAPS.sub(_without_gaps, text)
    if (
        len(text) <= _LONGEST_LINE
        and _MARKS.search(text) is not None
        and _TWO_SCRIPTS.search(text) is not None
    ):
        text = _twice().sub(_without_first, text)
    if text[:1] not in ("【", "[", "［", "〔") and "【" not in text:
        return text

    def plain(match: re.Match[str]) -> str:
        label = match["label"]
        if label in _OF_POSTS and len(text) - match.end() > _LONGEST_SOURCE:
            return match[0]  # ``[转载] …``: the title of a post
        if role_of(label) is None and _labels().fullmatch(label) is None:
            return match[0]
        return f" {label}：" + match[0][len(label) + 2 :]

    return _IN_BRACKETS.sub(plain, text)


#: What a record of a text says of it: put together of what it is about, and a noun.
_ABOUT = (
    "(?:稿件|新闻|信息|文件|文章|文档|公文|内容|主题|体裁|组配|服务|发布|公开|责任|所属|稿|文|资源)"
)
_NOUN = (
    "(?:编号|编码|类别|类型|分类|种类|状态|级别|密级|等级|范围|方式|形式|体裁|有效性|时效|时效性|对象|页码|页数|版本|用途"
    "|属性|代码|标识|流水号|受众|篇幅)"
)


@cache
def _other() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{label_words('other')}|{_ABOUT}{{0,2}}{_NOUN})\s?[:：|｜丨]\s?(?=\S)", re.IGNORECASE
    )


def read_other(text: str, at: int, before: Sequence[Found]) -> list[Found]:
    """``栏目：要闻``, ``Section: The Long Read``: a labelled value that is not kept."""
    label = _other().match(text, at)
    if label is None:
        return []
    stop = value_end(text, label.end())
    return [Found(Field.OTHER, at, stop, stop, labelled=True)] if stop > label.end() else []


@cache
def _title() -> re.Pattern[str]:
    words = label_words("title")
    return re.compile(
        rf"\s{{0,4}}(?:[【\[〔](?:{words})[】\]〕]\s?[:：]?|(?:{words})\s?[:：])\s{{0,3}}(?=\S)",
        re.IGNORECASE,
    )


@cache
def _body() -> re.Pattern[str]:
    words = label_words("body")
    return re.compile(rf"[【\[〔]?(?:{words})(?:[】\]〕]\s?[:：]?|\s?[:：])", re.IGNORECASE)


def is_body_label(text: str) -> bool:
    """Whether a line only says that the body follows.

    >>> is_body_label("正文："), is_body_label("【正文】"), is_body_label("Text")
    (True, True, False)
    """
    return _body().fullmatch(text) is not None


def mark_labelled_title(
    blocks: Sequence[DraftBlock],
) -> tuple[tuple[DraftBlock, ...], list[tuple[int, TracedText]]]:
    """The blocks, with a title that a label names (kind TITLE) without its label.

    Also the stretches that only the header says, with the places of their blocks: the label, or
    the whole line where the title stands again in a line of its own.
    """
    for index, block in enumerate(blocks[:_TOP]):
        text = block.text.text
        if len(text) > _LONGEST_LINE:
            continue
        start = _label_end(block)
        if start is None or len(text) - start > _LONGEST_TITLE:
            continue
        key = _key(text[start:])
        again = [
            place
            for place, other in enumerate(blocks[: _TOP + 2])
            if place != index and _key(other.text.text) == key
        ]
        out = list(blocks)
        if again:
            place = again[0]
            out[place] = DraftBlock(BlockKind.TITLE, blocks[place].text, None)
            del out[index]
            labels = [block.label] if block.label else []
            return tuple(out), [(index, part) for part in (*labels, block.text)]
        named = [(index, _mark_title(out, index, start))]
        below = index + 1
        if below < len(out):  # the other language's
            start = _label_end(out[below])
            if start is not None and mostly_chinese(text) != mostly_chinese(out[below].text.text):
                named.append((below, _mark_title(out, below, start)))
        return tuple(out), named
    return tuple(blocks), []


def _mark_title(blocks: list[DraftBlock], index: int, start: int) -> TracedText:
    """Mark a block as the title that begins at ``start``; returns its label."""
    block = blocks[index]
    label, title = partition(block.text, [start])
    blocks[index] = DraftBlock(BlockKind.TITLE, trim(title), None)
    return block.label if block.label is not None else label


def _label_end(block: DraftBlock) -> int | None:
    """Where the title starts behind its label; None when no label names one."""
    text = block.text.text
    if block.label is not None:
        named = re.fullmatch(label_words("title"), block.label.text.rstrip(" :："), re.IGNORECASE)
        return 0 if named is not None and _key(text) else None
    match = _title().match(plain_labels(text[:_LONGEST_LABEL]))
    return match.end() if match is not None and _key(text[match.end() :]) else None


def _key(text: str) -> str:
    return _NOT_TEXT.sub("", text).casefold()


@cache
def bare_label() -> re.Pattern[str]:
    """A label alone in its line, with a colon or without."""
    kinds = ("published", "updated", "outlet", "original_title")
    words = "|".join([role_words(), *(label_words(kind) for kind in kinds)])
    more = r"(?:estimated )?(?:reading|read) time|word count|views|阅读量|浏览量|字数|阅读时长"
    return re.compile(rf"(?:{words}|{more})\s?[:：]?", re.IGNORECASE)
