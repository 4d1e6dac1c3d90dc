"""Which pairs of a bitext a translator may learn from, and in what form.

The filters are those every parallel corpus filter starts with (Bifixer and Bicleaner hard rules,
https://aclanthology.org/2020.eamt-1.31; OpusFilter, https://aclanthology.org/2020.acl-demos.20).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_KANA_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))}
_FULL_WIDTH |= {code: code - 0xFEE0 for code in range(0xFF41, 0xFF5B)}

#: Controls that are no blanks, soft hyphens, marks of direction and width, private use.
_CONTROL = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\ufeff\ud800-\uf8ff\U000e0000-\U0010ffff]"
)
_NOT_WORD = re.compile(r"[\W_]+")

#: ASCII punctuation that follows a Han character, and what Chinese writes there.
_ASCII_AFTER_HAN = re.compile(r"(?<=[\u4e00-\u9fff）】》”])([,;:?!])(?![/\d])\s*")
_STOP_AFTER_HAN = re.compile(r"(?<=[\u4e00-\u9fff）】》”])\.$")
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}


@dataclass(slots=True)
class CleanCounts:
    """How many pairs were read, kept, and left out by reason."""

    read: int = 0
    kept: int = 0
    dropped: dict[str, int] = field(default_factory=dict)

    def drop(self, reason: str) -> None:
        """Count a pair that was left out."""
        self.dropped[reason] = self.dropped.get(reason, 0) + 1


def clean_text(text: str) -> str:
    r"""NFC, blanks made single, full-width letters and digits made plain, controls dropped.

    >>> clean_text("ＡＢ１\u200b  好 ")
    'AB1 好'
    """
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return " ".join(_CONTROL.sub("", text.translate(_FULL_WIDTH)).split())


def chinese_punctuation(text: str) -> str:
    """ASCII punctuation after Han characters in its Chinese form, so the model learns one form.

    >>> chinese_punctuation("好, 是3,000元.")
    '好，是3,000元。'
    """
    text = _ASCII_AFTER_HAN.sub(lambda match: _WIDE[match[1]], text)
    return _STOP_AFTER_HAN.sub("。", text)


def pair_key(zh: str, en: str) -> bytes:
    """Eight bytes that stand for a pair, whatever its case, blanks and punctuation."""
    bare = "\0".join((_NOT_WORD.sub("", zh.lower()), _NOT_WORD.sub("", en.lower())))
    return blake2b(bare.encode(), digest_size=8).digest()


def side_keys(texts: Iterable[str]) -> frozenset[bytes]:
    """Keys of single sides, for keeping test sets out of the training data."""
    return frozenset(pair_key(text, "") for text in texts)


def reason_to_drop(zh: str, en: str) -> str | None:
    """Why a pair must not be learned from; None when it may.

    >>> reason_to_drop("你好", "你好") is not None
    True
    """
    if not zh or not en:
        return "empty"
    if zh == en:
        return "same"
    if len(zh) > 400 or len(en) > 1200:
        return "long"
    han, latin = len(_HAN.findall(zh)), len(_LATIN.findall(zh))
    if han == 0 or han < 0.15 * (han + latin):
        return "zh_script"
    if _KANA_HANGUL.search(zh) or _KANA_HANGUL.search(en):
        return "other_script"
    if len(_LATIN.findall(en)) < 0.4 * len(en.replace(" ", "")) or _HAN.search(en):
        return "en_script"
    if "<t" in zh or "<t" in en:
        return "placeholder"
    ratio = (len(en) + 6) / (len(zh) + 2)
    if not 0.7 < ratio < 9.0:
        return "length"
    return None


def clean_pairs(
    pairs: Iterable[tuple[str, str]], exclude: frozenset[bytes], counts: CleanCounts
) -> Iterator[tuple[str, str]]:
    """Cleaned pairs, each once, none of whose sides is in ``exclude`` (see :func:`side_keys`)."""
    seen: set[bytes] = set()
    for raw_zh, raw_en in pairs:
        counts.read += 1
        zh, en = chinese_punctuation(clean_text(raw_zh)), clean_text(raw_en)
        reason = reason_to_drop(zh, en)
        if reason is None:
            key = pair_key(zh, en)
            if key in seen:
                reason = "duplicate"
            elif exclude and (pair_key(zh, "") in exclude or pair_key(en, "") in exclude):
                reason = "test_set"
            seen.add(key)
        if reason is not None:
            counts.drop(reason)
            continue
        counts.kept += 1
        yield zh, en
