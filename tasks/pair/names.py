"""Pairs told by file names: ``x.zh.txt`` and ``x.en.txt``, ``zh/x.txt`` and ``en/x.txt``."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol, TypeVar

from models.records import Lang

_MARKS_FILE = Path(__file__).with_name("language_marks.txt")


@cache
def _marks() -> dict[str, Lang]:
    lines = _MARKS_FILE.read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {mark: Lang(lang) for lang, mark in rows}


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """A mark in brackets, at the end, and at the beginning of a name; the groups are named."""
    marks = sorted(_marks(), key=lambda mark: (-len(mark), mark))
    mark = f"(?P<mark>{'|'.join(m.replace('-', '[-_]') for m in marks)})"
    return (
        re.compile(rf"(?P<rest>.*?[^ ._-])[ ._-]*[(\[（【]{mark}[)\]）】]", re.DOTALL),
        re.compile(rf"(?P<rest>.*?[^ ._-])[ ._-]+{mark}", re.DOTALL),
        re.compile(rf"{mark}[ ._-]+(?P<rest>.+)", re.DOTALL),
    )


class Named(Protocol):
    """What is needed of an article: a path with ``/`` and the language that was detected."""

    @property
    def path(self) -> str: ...  # noqa: D102
    @property
    def lang(self) -> Lang: ...  # noqa: D102


N = TypeVar("N", bound=Named)


@dataclass(frozen=True, slots=True)
class NameKey:
    """A path with its language marks taken out.

    ``key`` is the same for the two sides of a pair; ``plain`` is the path that a side without a
    mark would have (``x.txt`` beside ``x.zh.txt``), None where folders are marked too.
    """

    key: str
    lang: Lang
    plain: str | None


def name_key(path: str) -> NameKey | None:
    """The language marks of a path; None when it has none, or marks of both languages.

    The last ending (``.txt``) does not count unless it is a mark itself. Case does not count.

    >>> name_key("news/zh/a/x.txt").key == name_key("news/EN/a/x.html").key
    True
    >>> name_key("a/x.zh-CN.txt"), name_key("a/zhejiang.txt")
    (NameKey(key='a/x.*', lang=<Lang.ZH: 'zh'>, plain='a/x'), None)
    """
    *folders, name = _folded(path).split("/")
    langs: set[Lang] = set()
    parts: list[str] = []
    for folder in folders:
        lang = _lang(folder)
        if lang is not None:
            langs.add(lang)
        parts.append("*" if lang else folder)
    in_folders = bool(langs)
    bare, lang = _name_mark(name)
    if lang is not None:
        langs.add(lang)
    if len(langs) != 1:
        return None
    plain = None if in_folders or not bare else "/".join((*parts, bare))
    mark = f"{bare}.*" if lang else bare
    return NameKey("/".join((*parts, mark)), langs.pop(), plain)


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _lang(text: str) -> Lang | None:
    return _marks().get(text.replace("_", "-"))


def _without_ending(name: str) -> str:
    stem, dot, _ = name.rpartition(".")
    return stem if stem and dot else name


def _name_mark(name: str) -> tuple[str, Lang | None]:
    """A file name without its ending and its language mark, and the language."""
    stem, _, ending = name.rpartition(".")
    if stem and _lang(ending):  # news.zh beside news.en
        return stem, _lang(ending)
    stem = _without_ending(name)
    if _lang(stem):
        return "", _lang(stem)
    for pattern in _patterns():
        found = pattern.fullmatch(stem)
        if found:
            return found["rest"], _lang(found["mark"])
    return stem, None


def pairs_by_name(articles: Iterable[N]) -> Iterator[tuple[N, N]]:
    """Chinese and English articles whose paths differ in language marks alone, sorted by path.

    The mark must be the language that was detected. Names that fit more than two articles say
    nothing. An article whose marked counterpart is missing goes with the one file of the other
    language that has the same name without any mark.
    """
    groups: defaultdict[str, dict[Lang, list[tuple[N, NameKey]]]] = defaultdict(dict)
    unmarked: defaultdict[str, list[N]] = defaultdict(list)
    for article in articles:
        key = name_key(article.path)
        if key is None:
            *folders, name = _folded(article.path).split("/")
            unmarked["/".join((*folders, _without_ending(name)))].append(article)
        elif key.lang is article.lang:
            groups[key.key].setdefault(key.lang, []).append((article, key))
    for name in sorted(groups):
        group = groups[name]
        if any(len(side) > 1 for side in group.values()):
            continue
        if len(group) == 2:
            yield group[Lang.ZH][0][0], group[Lang.EN][0][0]
            continue
        ((article, key),) = next(iter(group.values()))
        others = unmarked.get(key.plain, []) if key.plain else []
        if len(others) == 1 and others[0].lang is not article.lang:
            other = others[0]
            yield (article, other) if article.lang is Lang.ZH else (other, article)
