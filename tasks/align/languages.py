"""Refusing a side that is in the wrong language."""

import re
from collections.abc import Sequence

from tasks.align.records import DocumentPair

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_LATIN = re.compile(r"[A-Za-z]")
_SAMPLE = 4000  # characters looked at
_ENOUGH = 40  # letters that a text must have before anything is said of its language
_HALF = 0.5


def refuse_wrong_language(pair: DocumentPair) -> None:
    """Raise ValueError, saying which, when a side is clearly not in its language.

    >>> refuse_wrong_language(DocumentPair(zh=["a long English text, " * 9], en=["Hello"]))
    Traceback (most recent call last):
        ...
    ValueError: the Chinese side is not Chinese: 0% of its letters are Chinese characters
    """
    han, latin, other = _counts(pair.zh)
    total = han + latin + other
    if total >= _ENOUGH and han < 0.1 * total:
        raise ValueError(
            f"the Chinese side is not Chinese: {han / total:.0%} of its letters are Chinese "
            "characters"
        )
    if total >= _ENOUGH and other > _HALF * han:
        raise ValueError("the Chinese side is not Chinese: it has kana or hangul")
    han, latin, other = _counts(pair.en)
    # An English letter says less than a Chinese character.
    total = 3 * (han + other) + latin
    if total >= _ENOUGH and latin < _HALF * total:
        raise ValueError(
            f"the English side is not English: {latin / (latin + han + other):.0%} of its letters "
            "are Latin"
        )


def _counts(sentences: Sequence[str]) -> tuple[int, int, int]:
    """Chinese characters, Latin letters, kana and hangul of a sample from all over the text."""
    step = max(len(sentences) // 60, 1)
    text = " ".join(sentence[:200] for sentence in sentences[::step])[:_SAMPLE]
    return (
        len(_HAN.findall(text)),
        len(_LATIN.findall(text)),
        len(_KANA.findall(text)) + len(_HANGUL.findall(text)),
    )
