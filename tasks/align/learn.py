"""``zhen train lexicon``: a lexicon from a bitext, or a new version from a corpus."""

import lzma
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from models.lexicon import Lexicon, save_lexicon
from models.training.lexicon import LexiconTraining, train
from tasks.align.edges import FIRST, LAST, edge_names, first_class, last_class, mutual_information
from tasks.align.tokens import tokenize_en, tokenize_zh

_LINES = 2000  # lines tokenised at a time


def train_lexicon(
    zh: Path, en: Path, out: Path, *, settings: LexiconTraining = LexiconTraining()
) -> Lexicon:
    """Learn a lexicon from two files of lines that translate each other (``.xz`` is read too).

    Writes ``lexicon.bin`` into the folder ``out``; the same files give the same bytes. Raises
    ValueError when the files have not equally many lines.
    """
    first = np.zeros((len(FIRST), len(FIRST)))
    last = np.zeros((len(LAST), len(LAST)))
    lines = 0
    for left, right in zip(_lines(zh), _lines(en), strict=True):
        first[first_class(left), first_class(right)] += 1
        last[last_class(left), last_class(right)] += 1
        lines += 1
    lexicon = train(
        _tokens(zh, tokenize_zh),
        _tokens(en, tokenize_en),
        edges=edge_names(mutual_information(first), mutual_information(last)),
        settings=settings,
        source=f"{zh.name} + {en.name}: {lines} lines",
    )
    out.mkdir(parents=True, exist_ok=True)
    save_lexicon(lexicon, out / "lexicon.bin")
    return lexicon


def _lines(path: Path) -> Iterator[str]:
    opened = (
        lzma.open(path, "rt", encoding="utf-8", newline="\n")
        if path.suffix == ".xz"
        else (path.open(encoding="utf-8", newline="\n"))
    )
    with opened as file:
        for line in file:
            yield line.rstrip("\r\n")


def _tokens(path: Path, tokenize: object) -> Iterator[Sequence[str]]:
    lines = _lines(path)
    while chunk := list(islice(lines, _LINES)):
        yield from tokenize(chunk)  # type: ignore[operator]
