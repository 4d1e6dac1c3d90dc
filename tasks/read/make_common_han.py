"""Makes ``data/common_han.txt``: how common each Chinese character is, in both scripts.

``python -m tasks.read.make_common_han`` writes the file again. The counts are those of jieba's
word list (MIT licence): every word gives its frequency to each of its characters, once as it
stands (Simplified) and once converted to Traditional by OpenCC. A line of the file is
``bits<TAB>characters``: characters whose probability in running text is about ``2 ** -bits``.
"""

import math
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

DATA = Path(__file__).parent / "data" / "common_han.txt"
#: Characters rarer than this are left out; the reader counts them as rare.
MOST_BITS = 20


def cost_lines(words: Iterable[tuple[str, int]], variants: Iterable[str]) -> list[str]:
    r"""The lines of the file for ``words`` (word, frequency) and their Traditional ``variants``.

    >>> cost_lines([("国", 2), ("中", 2)], ["國", "中"])
    ['1\t中国國']
    """
    simplified: Counter[str] = Counter()
    traditional: Counter[str] = Counter()
    for (word, frequency), variant in zip(words, variants, strict=True):
        for char in word:
            simplified[char] += frequency
        for char in variant:
            traditional[char] += frequency
    levels: dict[int, set[str]] = {}
    for char in simplified.keys() | traditional.keys():
        share = max(
            simplified[char] / simplified.total(),
            traditional[char] / traditional.total(),
        )
        bits = round(-math.log2(share))
        if bits <= MOST_BITS and "\u3400" <= char <= "\u9fff":
            levels.setdefault(bits, set()).add(char)
    return [f"{bits}\t{''.join(sorted(levels[bits]))}" for bits in sorted(levels)]


def main() -> None:
    """Writes the file from the installed jieba and OpenCC."""
    import jieba
    import opencc

    converter = opencc.OpenCC("s2t")
    lines = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").split("\n")
    words = [(line.split(" ")[0], int(line.split(" ")[1])) for line in lines if line]
    converted = converter.convert("\n".join(word for word, _ in words)).split("\n")
    DATA.write_text("\n".join(cost_lines(words, converted)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
