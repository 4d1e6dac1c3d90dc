"""How likely a decoded text is to be Chinese or English prose, in bits.

A wrong encoding shows itself by the characters it yields: rare Han characters, stray accents,
private-use and control characters. Every character costs ``-log2`` of about its probability in
news text; the encoding whose decoding costs least is the best reading of the same bytes. (A
one-character model is enough: a wrong reading costs 5 to 10 bits more for every character. Only the
letters of a foreign name are cheaper beside each other.)
"""

import re
from collections import Counter
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

_RARE_HAN = 22.0
_REPLACEMENT = 22.0
_CONTROL = 24.0
_PRIVATE = 30.0
_OTHER = 16.0
_ALPHABET = 18.0
#: Off the cost of a letter that follows one of its alphabet, as in a foreign name.
_WITHIN_WORD = 9.0
_FOREIGN_WORD = re.compile("[\u0100-\u1fff]{3,}")

#: Costs of characters that are not Han, most likely first. What is in none of them is judged by
#: its block in :func:`_block_cost`.
_COSTS: tuple[tuple[float, str], ...] = (
    (3.0, " "),
    (5.0, "\netaoinshr，"),
    (6.0, "dlcumwfgypbv。、,.\r"),
    (7.0, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZkxqjz“”：《》-'\"\u3000\t"),
    (8.0, "（）；！？「」『』‘’:;()/%"),
    (9.0, "–—…·【】〈〉～％\xa0&*?!$<>=_[]#+|@"),
    (10.0, "×℃°①②③④⑤─●■◆★▲△○□→·•％，０１２３４５６７８９￥"),
    (11.0, "é€£™®©ü"),
    (12.0, "áàâãåäçèêëíìîïñóòôõöúùûÁÉÖÜßøØœæ½¼¾²³§«»~^`\\{}±"),
)
_KANA = "のにはをたがでてとしれさいるあなかられもっうりこくそまきよけすせえみどめだじおつ"
_HANGUL = (
    "이다는가의에을로하고한기지사도은를인서리시자대어일전나정수부해스과국들구장라으보제그동조아"
    "만성주원소여비상유년세계있었했것된할오화경선관모중위안생회재공등면신단려무실개차영연발통"
    "체산교당내방용물분진미적치금당러우트르와게"
)


@cache
def _table() -> dict[str, float]:
    """The cost of every character that has one of its own."""
    table: dict[str, float] = {}
    for cost, chars in reversed(_COSTS):
        table.update(dict.fromkeys(chars, cost))
    table.update(dict.fromkeys(_KANA, 9.0))
    table.update(dict.fromkeys(_HANGUL, 9.0))
    file = resources.files(__package__).joinpath("data", "common_han.txt")
    for line in file.read_text(encoding="utf-8").split("\n"):
        bits, _, chars = line.partition("\t")
        table.update(dict.fromkeys(chars, float(bits) + 1) if chars else {})
    return table


def _block_cost(char: str) -> float:
    """The cost of a character without one of its own, by the block it stands in."""
    code = ord(char)
    if code < 0x20 or 0x7F <= code < 0xA0:
        cost = _CONTROL
    elif code == 0xFFFD:
        cost = _REPLACEMENT
    elif 0xAC00 <= code < 0xD7A4:  # Hangul
        cost = 14.0
    elif 0x3040 <= code < 0x3100:  # kana
        cost = 12.0
    elif 0x3400 <= code < 0xA000 or 0x20000 <= code < 0x32000:
        cost = _RARE_HAN
    elif 0xE000 <= code < 0xF900 or code >= 0xF0000 or 0xFDD0 <= code < 0xFDF0:
        cost = _PRIVATE
    elif 0xFF61 <= code < 0xFFA0:  # half-width kana: what a wrong Shift JIS reading yields
        cost = _RARE_HAN
    elif 0xFF00 <= code < 0xFF61 or 0x1F000 <= code < 0x20000:  # full-width forms, emoji
        cost = 13.0
    elif 0x80 <= code < 0x2000:  # accents beyond the table, other alphabets
        cost = _ALPHABET
    else:
        cost = _OTHER
    return cost


class Cost(NamedTuple):
    """What a text costs in bits, all of it and what is not ASCII, and the count of the latter."""

    bits: float
    foreign_bits: float
    foreign: int


def cost(text: str) -> Cost:
    """What ``text`` costs; less is likelier.

    >>> cost("经济增长").bits < cost("ľ­ĽĂ").bits and cost("“Yes”").bits < cost("揧es").bits
    True
    """
    table = _table()
    bits = foreign_bits = 0.0
    foreign = 0
    for char, count in Counter(text).items():
        own = table[char] if char in table else _block_cost(char)
        bits += count * own
        if char >= "\x80":
            foreign_bits += count * own
            foreign += count
    off = _WITHIN_WORD * _within_words(text)
    return Cost(bits - off, foreign_bits - off, foreign)


def _within_words(text: str) -> int:
    """How many letters of ``text`` follow one of the same foreign alphabet.

    In a wrong reading neighbours are of several blocks.
    """
    return sum(
        first >> 8 == second >> 8
        for word in _FOREIGN_WORD.findall(text)
        for first, second in pairwise(map(ord, word))
    )
