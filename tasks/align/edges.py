"""How the two ends of a sentence look, and how well two looks go together.

A Chinese sentence that ends in ``？”`` wants an English one that ends in ``?"``. The pointwise
mutual information of the classes is learned from sentence pairs: from the bitext for the shipped
lexicon, and again from the beads of the first pass.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import exp, log

#: Classes of the last characters: the mark, and the mark followed by a closing quote or bracket.
_MARKS = {
    "。": ".", ".": ".", "．": ".", "？": "?", "?": "?", "！": "!", "!": "!", "：": ":", ":": ":",
    "；": ";", ";": ";", "，": ",", ",": ",", "、": ",", "…": "…", "—": "-", "-": "-", "–": "-",
}  # fmt: skip
_CLOSING = frozenset("”’\"'」』）)》】]")
_OPENING = {
    **dict.fromkeys("“\"「『‘'«", "q"), **dict.fromkeys("（(【[《", "("),
    **dict.fromkeys("—-–", "-"), "…": "…", ".": "…",
}  # fmt: skip


def first_class(sentence: str) -> str:
    """The class of a sentence's start.

    >>> first_class("“你好”"), first_class("and so"), first_class("2024"), first_class("He")
    ('q', 'l', '0', 'w')
    """
    if not sentence:
        return "w"
    start = sentence[0]
    if start in _OPENING:
        return _OPENING[start]
    if start.isdigit():
        return "0"
    return "l" if start.islower() else "w"


def last_class(sentence: str) -> str:
    """The class of a sentence's end.

    >>> last_class("你好吗？”"), last_class("Fine."), last_class("Chapter 1"), last_class("他说：")
    ('?q', '.', 'w', ':')
    """
    rest = sentence[-4:]
    closed = ""
    while rest and rest[-1] in _CLOSING:
        closed = "q"
        rest = rest[:-1]
    return _MARKS.get(rest[-1:], "w") + closed


def edge_classes(sentences: Sequence[str]) -> tuple[list[str], list[str]]:
    """First and last class of each sentence."""
    return [first_class(s) for s in sentences], [last_class(s) for s in sentences]


def mutual_information(
    pairs: Iterable[tuple[str, str]], base: Mapping[str, float] | None = None, mass: float = 8.0
) -> dict[str, float]:
    """``"zh en"`` -> log of how much more often than by chance two classes meet, in nats.

    ``base`` is an earlier table (0 where it has no entry); it weighs as much as ``mass`` pairs
    met by chance.
    """
    both: Counter[tuple[str, str]] = Counter(pairs)
    total = sum(both.values())
    zh: Counter[str] = Counter()
    en: Counter[str] = Counter()
    for (a, b), count in both.items():
        zh[a] += count
        en[b] += count
    base = base or {}
    out = dict(base)
    for a in sorted(zh):
        for b in sorted(en):
            key = f"{a} {b}"
            seen = both[a, b] + mass * exp(base.get(key, 0.0))
            out[key] = round(log(seen / (zh[a] * en[b] / total + mass)), 4)
    return out
