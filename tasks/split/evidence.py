"""Whether the two languages of a page say the same."""

import re
from collections.abc import Sequence

from models.records import Lang
from tasks.language.script import count_letters
from tasks.numbers import keys

#: Chinese characters in the translation of an English word, about.
_CHARACTERS_A_WORD = 1.6
#: A page is bilingual on its proportions alone when the smaller side is this share of the larger.
_BALANCED = 0.5
#: Below this share of the larger side the second language is a quotation, whatever it says.
_LEAST_SHARE = 0.12
#: And so little of it (in Chinese characters) is a name or a slogan.
_LEAST_SIZE = 12
#: Evidence asked of an unbalanced page, and contradiction that speaks against a balanced one.
_AGREEING, _CONTRADICTING = 0.5, 0.2
_TELLING = 3  # so many numbers and names on the smaller side say something

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_NAME = re.compile(r"[A-Z][A-Za-z0-9.+-]*[A-Za-z0-9]|[A-Z]")


def size(text: str, lang: Lang) -> float:
    """The length of a text in Chinese characters, or what its translation would have."""
    if lang is Lang.ZH:
        return count_letters(text).han
    return len(_WORD.findall(text)) * _CHARACTERS_A_WORD


def is_translation(blocks: Sequence[tuple[Lang, str]]) -> bool:
    """Whether the blocks of one language are a translation of those of the other, or of a part."""
    text = {lang: "\n".join(t for side, t in blocks if side is lang) for lang in Lang}
    sizes = {lang: size(text[lang], lang) for lang in Lang}
    small, large = sorted(Lang, key=lambda lang: sizes[lang])
    if sizes[small] < _LEAST_SIZE or sizes[small] < _LEAST_SHARE * sizes[large]:
        return False
    agreement = _agreement(text[small], small, text[large], large)
    if sizes[small] >= _BALANCED * sizes[large]:
        return agreement is None or agreement >= _CONTRADICTING
    return agreement is not None and agreement >= _AGREEING


def _agreement(small: str, lang: Lang, large: str, other: Lang) -> float | None:
    """The share of the smaller side's numbers and Latin names that the larger side has too.

    Names are asked of the Chinese side only: what stands there in Latin letters mostly stands in
    the English text as well, while English names are mostly written in Chinese. None when there
    is too little to go by.
    """
    signs = set(keys(small, lang))
    theirs = set(keys(large, other))
    found, asked = len(signs & theirs), len(signs)
    zh, en = (small, large) if lang is Lang.ZH else (large, small)
    names = {name.lower() for name in _NAME.findall(zh)}
    if names:
        words = {name.lower() for name in _NAME.findall(en)} | set(en.lower().split())
        found += len(names & words)
        asked += len(names)
    return found / asked if asked >= _TELLING else None
