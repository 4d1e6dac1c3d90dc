"""Learn what the furniture of web pages sounds like (:mod:`models.wording`).

    python -m models.training.wording --bitext FOLDER --out models/wording/wording.bin

The lines beside this file (``wording_lines/``) were written for it: lines of sites
(``furniture_*.txt``) and lines of articles that resemble them (``article_*.txt``). ``FOLDER`` holds
``train.zh.xz`` and ``train.en.xz``, one sentence a line; sentences spread over a part of it are
further lines of texts. Half a minute on one core; the same input gives the same bytes.

Logistic regression with a Gaussian prior on words, pairs of words and triples of characters.
"""

import argparse
import lzma
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import minimize

from models.wording.features import wording_features
from models.wording.table import pack_wording

Floats = NDArray[np.float64]

_TAG = re.compile(r"\{[A-Z]:([^{}]*)\}")  # of a value in front matter
_LINES = Path(__file__).with_name("wording_lines")
#: Sentences of the bitext that are taken, of each language: every 13th of these lines.
_FIRST, _LAST, _EVERY = 60_000, 840_000, 13
_MIN_LINES = 2  # of the written ones; a feature of fewer is not learned
_PRIOR = 2.0  # variance of a weight
_FURNITURE, _ARTICLE = 0.25, 0.25  # shares of all weight; the sentences have the rest


@dataclass(frozen=True, slots=True)
class Lines:
    """What is learned from: lines of sites, lines of texts that resemble them, and any of texts."""

    furniture: Sequence[str]
    article: Sequence[str]
    sentences: Sequence[str]


def read_written(folder: Path, what: str) -> list[str]:
    """The written lines of both languages, Chinese in Simplified characters."""
    from opencc import OpenCC

    simplify = OpenCC("t2s").convert
    texts = [(folder / f"{what}_{lang}.txt").read_text(encoding="utf-8") for lang in ("en", "zh")]
    lines = (_TAG.sub(r"\1", line) for text in texts for line in text.splitlines())
    return [simplify(line) for line in lines if line.strip()]


def read_sentences(file: Path) -> Iterator[str]:
    """Every 13th sentence of a part of the bitext that has no lines of programs."""
    with lzma.open(file, "rt", encoding="utf-8", newline="\n") as lines:
        yield from (line.rstrip("\n") for line in islice(lines, _FIRST, _LAST, _EVERY))


def learn(lines: Lines) -> tuple[float, dict[str, float]]:
    """The bias and the weight of every feature."""
    groups = (lines.furniture, lines.article, lines.sentences)
    shares = (_FURNITURE, _ARTICLE, 1.0 - _FURNITURE - _ARTICLE)
    found = [wording_features(line) for group in groups for line in group]
    weight = np.concatenate(
        [
            np.full(len(group), share / max(len(group), 1))
            for group, share in zip(groups, shares, strict=True)
        ]
    )
    weight *= len(found) / weight.sum()
    side = np.where(np.arange(len(found)) < len(lines.furniture), 1.0, -1.0)
    written = len(lines.furniture) + len(lines.article)
    counts = Counter(feature for features in found[:written] for feature in features)
    known = sorted(feature for feature, count in counts.items() if count >= _MIN_LINES)
    matrix = _matrix(found, {feature: number for number, feature in enumerate(known)})
    fitted = _fit(matrix, side, weight)
    return float(fitted[-1]), dict(zip(known, fitted[:-1].tolist(), strict=True))


def _matrix(found: Sequence[Sequence[str]], numbers: dict[str, int]) -> sp.csr_matrix:
    """Lines by features; a line's entries are one through the root of how many features it has."""
    columns = [[numbers[one] for one in features if one in numbers] for features in found]
    values = [
        np.full(len(own), max(len(features), 1) ** -0.5)
        for own, features in zip(columns, found, strict=True)
    ]
    starts = np.cumsum([0, *map(len, columns)])
    flat = np.fromiter((one for own in columns for one in own), np.int64, starts[-1])
    return sp.csr_matrix((np.concatenate(values), flat, starts), shape=(len(found), len(numbers)))


def _fit(matrix: sp.csr_matrix, side: Floats, weight: Floats) -> Floats:
    """The weights of the features, and the bias behind them, of the greatest posterior."""

    def loss(point: Floats) -> tuple[float, Floats]:
        margin = side * (matrix @ point[:-1] + point[-1])
        pull = -weight * side / (1.0 + np.exp(margin))
        value = (weight * np.logaddexp(0.0, -margin)).sum() + (point[:-1] ** 2).sum() / (2 * _PRIOR)
        return float(value), np.append(matrix.T @ pull + point[:-1] / _PRIOR, pull.sum())

    start = np.zeros(matrix.shape[1] + 1)
    return np.asarray(
        minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    )


def main() -> None:
    """Learn from the written lines and a bitext, and write the table."""
    parser = argparse.ArgumentParser(description="What the furniture of web pages sounds like.")
    parser.add_argument("--bitext", type=Path, required=True, help="train.zh.xz, train.en.xz")
    parser.add_argument(
        "--lines", type=Path, default=_LINES, help="furniture_en.txt, article_en.txt, and so on"
    )
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    sentences = [
        sentence
        for lang in ("zh", "en")
        for sentence in read_sentences(options.bitext / f"train.{lang}.xz")
    ]
    furniture, article, front = (
        read_written(options.lines, what) for what in ("furniture", "article", "front")
    )
    bias, weights = learn(Lines(furniture, [*article, *front], sentences))
    options.out.write_bytes(pack_wording(bias, weights))


if __name__ == "__main__":
    main()
