"""``zhen train lexicon``: a lexicon from a bitext, or a new version from a corpus."""

import json
import lzma
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np

from models.lexicon import Lexicon, load_lexicon, save_lexicon
from models.lexicon.store import ratio_levels
from models.training.lexicon import LexiconTraining, train
from tasks.align.edges import FIRST, LAST, edge_names, first_class, last_class, mutual_information
from tasks.align.encode import Batch, Floats, Ints, encode
from tasks.align.links import Links, links_of
from tasks.align.records import DocumentPair
from tasks.align.selftrain import adapt_links
from tasks.align.settings import AlignSettings
from tasks.align.tokens import tokenize_en, tokenize_zh

_LINES = 2000  # lines tokenised at a time
_MOST_ZH, _MOST_EN = 1_000_000, 65_535  # tokens; English token numbers have two bytes
# The new lexicon will be asked about the same beads, which are not left out then: a pair of tokens
# must meet more often than the discount before it counts.
_ADAPTING = AlignSettings(discount=1.6, prior_mass=13.0)
_TRAINING = LexiconTraining()


def train_lexicon(
    zh: Path, en: Path, out: Path, *, settings: LexiconTraining = _TRAINING
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
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.rstrip("\r\n")


def _tokens(
    path: Path, tokenize: Callable[[Sequence[str]], list[list[str]]]
) -> Iterator[Sequence[str]]:
    lines = _lines(path)
    while chunk := list(islice(lines, _LINES)):
        yield from tokenize(chunk)


def adapt_lexicon(
    corpus: Path,
    out: Path,
    *,
    base: Path | None = None,
    settings: AlignSettings = _ADAPTING,
    min_score: float = 0.9,
) -> Lexicon:
    """A new version of a lexicon from a corpus's own confident beads.

    ``corpus`` is an output folder; of its ``alignments.jsonl`` the beads of source text with a
    probability of at least ``min_score`` are learned from, as in self-training: smoothed towards
    the lexicon ``base`` (the shipped one when not given), with the discount. Writes
    ``lexicon.bin`` into the folder ``out``. Raises FileNotFoundError without such a corpus,
    ValueError when it has no bead to learn from.
    """
    old = load_lexicon(base)
    zh, en = [], []
    with (corpus / "alignments.jsonl").open(encoding="utf-8", newline="\n") as file:
        for line in file:
            bead = json.loads(line)
            source = bead["zh_origin"]["kind"] == bead["en_origin"]["kind"] == "source"
            if source and bead["zh"] and bead["en"] and bead["score"] >= min_score:
                zh.append(bead["zh_text"])
                en.append(bead["en_text"])
    if not zh:
        raise ValueError(f"{corpus}: no bead to learn from")
    batch = encode([DocumentPair(zh=zh, en=en)])
    path = [(k, k + 1, k, k + 1) for k in range(len(zh))]
    learned, _ = adapt_links(links_of(old, batch), batch, [path], settings)
    made = _merged(old, batch, learned, f"{old.source}; adapted to {len(zh)} beads of a corpus")
    out.mkdir(parents=True, exist_ok=True)
    save_lexicon(made, out / "lexicon.bin")
    return made


def _merged(old: Lexicon, batch: Batch, links: Links, source: str) -> Lexicon:
    """A lexicon with the links of a batch in place of its own among the same tokens."""
    zh_index, zh_number = _extended(old.zh_index, batch.zh_words, _MOST_ZH)
    en_index, en_number = _extended(old.en_index, batch.en_words, _MOST_EN)
    width = len(en_index)
    old_zh = np.repeat(np.arange(len(old.zh_index)), np.diff(old.start))
    # Old links among tokens that were both seen are in ``links``, as self-training left them.
    kept = ~(np.isin(old_zh, zh_number) & np.isin(old.en, en_number))
    known = (zh_number[links.zh] >= 0) & (en_number[links.en] >= 0)
    to_en, to_zh = links.to_en[known], links.to_zh[known]
    new_key = zh_number[links.zh[known]] * width + en_number[links.en[known]]
    key = np.concatenate((old_zh[kept] * width + old.en[kept], new_key))
    en_level = np.concatenate((old.en_level[kept], ratio_levels(to_en)))
    zh_level = np.concatenate((old.zh_level[kept], ratio_levels(to_zh)))
    order = np.argsort(key, kind="stable")
    order = order[np.maximum(en_level, zh_level)[order] > 0]
    key = key[order]
    return replace(
        old,
        zh_index=zh_index,
        en_index=en_index,
        p_zh=_frequencies(old.p_zh, links.p_zh, zh_number, len(zh_index)),
        p_en=_frequencies(old.p_en, links.p_en, en_number, len(en_index)),
        start=np.searchsorted(key // width, np.arange(len(zh_index) + 1)).astype(np.int32),
        en=(key % width).astype(np.uint16),
        en_level=en_level[order],
        zh_level=zh_level[order],
        source=source,
        digest="",
    )


def _extended(
    index: Mapping[str, int], words: Iterable[str], most: int
) -> tuple[dict[str, int], Ints]:
    """The index with new words at its end (while there is room), and the number of each word."""
    out = dict(index)
    for word in islice(words, 1, None):
        if word in out or len(out) < most:
            out.setdefault(word, len(out))
    return out, np.array([out.get(word, -1) for word in words], np.int64)


def _frequencies(old: Floats, own: Floats, number: Ints, size: int) -> Floats:
    out = np.zeros(size)
    out[number[number >= 0]] = own[number >= 0]
    out[: len(old)] = old
    return out.astype(np.float32)
