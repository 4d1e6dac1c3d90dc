"""How pairing by content grows with the number of articles.

    python -m benchmarks.pairing --bitext ../shared/bitext --sides 1000 10000 100000

Makes documents of 20 bitext sentences, signs both sides, and pairs the articles of so many of them
by content, chosen at random; one document in ten has one side only. Prints processor time and
memory (of the process above what the signatures take), by how much the time grows (the exponent; 1
is linear), and how many pairs are right. Signing takes most of the time: some two milliseconds a
document.
"""

import argparse
import math
import random
import resource
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import process_time

from benchmarks.corpus import SENTENCES, bitext_lines
from models.records import Lang
from tasks.evaluate.pair import article_of
from tasks.pair import SignedArticle, pair, sign_all
from tasks.pair.nearest import nearest

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor seconds of the search and of all of pairing, and bytes above the signatures."""

    search: float
    whole: float
    memory: int


def main() -> None:
    """Measure and print one line a size."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--bitext", type=Path, required=True, help="train.zh.xz, train.en.xz")
    parser.add_argument(
        "--sides", type=int, nargs="+", default=[1_000, 2_000, 4_000, 10_000, 25_000, 50_000]
    )
    arguments = parser.parse_args()
    documents = list(signed(arguments.bitext, max(arguments.sides)))
    random.Random(0).shuffle(documents)
    _measure(documents[:100])  # loads and compiles
    before: tuple[int, Cost] | None = None
    for side in sorted(arguments.sides):
        cost, right, found = _measure(documents[:side])
        line = (
            f"{side:8,} a side: search {cost.search:6.2f} s CPU, all {cost.whole:6.2f} s, "
            f"{cost.memory / 1e6:5.0f} MB; {found:,} pairs, {right:,} right"
        )
        if before is not None:
            size, former = before
            grown = math.log(side / size)
            search = math.log(cost.search / former.search) / grown
            whole = math.log(cost.whole / former.whole) / grown
            line += f"; exponent {search:.2f}, of all {whole:.2f}"
        print(line, flush=True)
        before = (side, cost)


def signed(bitext: Path, documents: int) -> Iterator[tuple[SignedArticle, SignedArticle]]:
    """Chinese and English articles made of the same lines of a bitext."""
    lines = bitext_lines(bitext)
    for first in range(0, documents, _AT_ONCE):
        some = [list(islice(lines, SENTENCES)) for _ in range(min(_AT_ONCE, documents - first))]
        sides = []
        for side, lang in enumerate((Lang.ZH, Lang.EN)):
            articles = [
                article_of([line[side] for line in part], lang, str(number))
                for number, part in enumerate(some, first)
            ]
            sides.append(
                [
                    SignedArticle(article.id, lang, f"{article.id}.txt", None, None, signature)
                    for article, signature in zip(articles, sign_all(articles), strict=True)
                ]
            )
        yield from zip(*sides, strict=True)


def _measure(documents: Sequence[tuple[SignedArticle, SignedArticle]]) -> tuple[Cost, int, int]:
    """What pairing costs, and how many of the pairs found are right, and found."""
    sides = [
        [both[side] for at, both in enumerate(documents) if at % 20 != 10 * side]
        for side in range(2)
    ]
    gold = {(zh.id, en.id) for zh, en in documents}
    memory, start = _peak(), process_time()
    result = pair([*sides[0], *sides[1]])
    whole, memory = process_time() - start, _peak() - memory
    start = process_time()
    nearest(*([article.signature for article in side] for side in sides))
    cost = Cost(process_time() - start, whole, memory)
    return cost, sum((match.zh, match.en) in gold for match in result.pairs), len(result.pairs)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main()
