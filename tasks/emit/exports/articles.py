"""Whole articles as text files, one a side."""

import csv
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from models.records import Article, ArticlePair, Block, Lang, OriginKind
from tasks.emit.corpus import Corpus
from tasks.emit.exports.selection import ExportError, Selection, conversion, too_long, wrong_origin
from tasks.emit.exports.text import guard_cell, one_line, storable

INDEX = "index.tsv"
COLUMNS = (
    "file",
    "article",
    "pair",
    "lang",
    "script",
    "origin",
    "title",
    "source",
    "record",
    "converted_from",
)
_LABEL_ENDS = (":", "：", ".", "。", ")", "）", "-", "–", "—")


def write_articles(corpus: Corpus, folder: Path, selection: Selection) -> Counter[str]:
    """Write the articles of a corpus into ``folder``, which is replaced as a whole.

    File names are made of ids: ``PAIR.zh.txt`` and ``PAIR.en.txt`` for the sides of a pair,
    ``ARTICLE.zh.txt`` for an article without counterpart; what a machine made is called
    ``….machine.txt``. A file has one block a line with an empty line between. ``index.tsv`` lists
    the files with ids, titles and sources. Returns what was written (``written``, ``machine``) and
    what was left out, by reason. Raises ExportError when the folder holds something else.
    """
    if folder.exists() and not (folder / INDEX).is_file() and any(folder.iterdir()):
        raise ExportError(f"{folder} holds something else than articles; choose another")
    building = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    counts: Counter[str] = Counter()
    try:
        building.mkdir(parents=True)
        with open(building / INDEX, "w", encoding="utf-8", newline="") as index:
            writer = csv.writer(index, dialect="excel-tab", lineterminator="\n")
            writer.writerow(COLUMNS)
            for article, pair in _sides(corpus):
                reason = _refusal(article, pair, selection)
                if reason is not None:
                    counts[reason] += 1
                    continue
                name = _file_name(article)
                (building / name).write_bytes(_text(article, selection).encode())
                writer.writerow(_index_row(name, article, selection))
                counts["written"] += 1
                counts["machine"] += _machine(article)
        if folder.exists():
            shutil.rmtree(folder)
        os.rename(building, folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return counts


def _sides(corpus: Corpus) -> Iterator[tuple[Article, ArticlePair | None]]:
    for pair, zh, en in corpus.paired_articles():
        yield zh, pair
        yield en, pair
    for lang in Lang:
        for article in corpus.unpaired(lang):
            yield article, None


def _refusal(article: Article, pair: ArticlePair | None, selection: Selection) -> str | None:
    """Why an article is left out, or None."""
    if selection.lang not in (None, article.lang):
        return "lang"
    if pair is None and selection.paired_only:
        return "unpaired"
    if wrong_origin(_machine(article), selection):
        return "origin"
    if pair is not None and pair.score < selection.min_score:
        return "score"
    if too_long(sum(len(block.text) for block in article.blocks), selection):
        return "length"
    return None


def _machine(article: Article) -> bool:
    return article.origin.kind is OriginKind.MACHINE


def _file_name(article: Article) -> str:
    machine = ".machine" if _machine(article) else ""
    return f"{article.pair or article.id}.{article.lang}{machine}.txt"


def _text(article: Article, selection: Selection) -> str:
    convert = conversion(article.script, selection.script)[1]
    blocks = (_block_text(block, article.lang, convert) for block in article.blocks)
    return "\n\n".join(block for block in blocks if block) + "\n"


def _block_text(block: Block, lang: Lang, convert: Callable[[str], str]) -> str:
    text = block.text
    if block.label:
        joint = " " if lang is Lang.EN else ""
        end = "" if block.label.rstrip().endswith(_LABEL_ENDS) else (":" if joint else "：")
        text = f"{block.label.rstrip()}{end}{joint}{text}"
    return one_line(convert(text)).strip()


def _index_row(name: str, article: Article, selection: Selection) -> tuple[str, ...]:
    script, convert = conversion(article.script, selection.script)
    return (
        name,
        article.id,
        article.pair or "",
        article.lang,
        script or "",
        article.origin.kind,
        guard_cell(one_line(convert(article.title or ""))),
        guard_cell(one_line(storable(article.source.path))),
        "" if article.source.record is None else str(article.source.record),
        "" if script is article.script else article.script or "",
    )
