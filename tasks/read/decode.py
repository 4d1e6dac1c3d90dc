"""Bytes to text: the encoding is found by trying, not by hope.

A byte order mark and valid UTF-8 decide at once. Otherwise the bytes are decoded in every
encoding that Chinese and English news comes in (and the Japanese and Korean ones, so that such a
page is known for what it is), and the reading that is likeliest as text wins; see
:mod:`tasks.read.plausibility`.
"""

import codecs
import re
from dataclasses import dataclass

from models.records import QuarantineReason
from tasks.read.plausibility import cost
from tasks.read.unusable import UnusableError

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_WIDE = frozenset(("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"))
#: Tried in this order; an earlier one wins a tie.
_CANDIDATES = (
    "gb18030",
    "big5hkscs",
    "utf-8",
    "cp950",
    "cp1252",
    "latin-1",
    "utf-16-le",
    "utf-16-be",
    "cp932",
    "euc_jp",
    "cp949",
)
#: What web pages call their encodings, and what they mean by it (WHATWG Encoding Standard).
_LABELS = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(
        ("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "csgb2312", "chinese"), "gb18030"
    ),
    **dict.fromkeys(("big5", "big5-hkscs", "cn-big5", "x-x-big5", "csbig5"), "big5hkscs"),
    **dict.fromkeys(
        ("iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252"), "cp1252"
    ),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    "euc-jp": "euc_jp",
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "windows-949"), "cp949"),
    "utf-16": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
#: Bits of credit for the encoding that a page declares: worth two or three likely characters.
_DECLARED_CREDIT = 24.0
#: Bits of credit for UTF-8 when all of it is valid, which other encodings seldom are by chance.
_VALID_UTF8_CREDIT = 5.0
#: Bits of distrust for what is rare among the files of this tool: UTF-16 without a mark, Japanese
#: and Korean encodings. It decides only for texts of a few characters.
_RARITY = dict.fromkeys(("utf-16-le", "utf-16-be", "cp932", "euc_jp", "cp949"), 14.0)
#: So many valid UTF-8 characters beyond ASCII for one bad stretch leave no doubt.
_CLEARLY_UTF8 = 20
#: So many different ones without a bad stretch: one in six characters of GBK is valid by chance.
_ALL_VALID = 8
#: Bytes that are looked at to choose an encoding.
_SAMPLE = 1 << 16
#: So few bytes are looked at in every way.
_SHORT = 400
#: A reading whose characters beyond ASCII cost more bits than this on average is no prose.
_HOPELESS = 15.5
#: The average in Chinese prose is 9 to 10 bits, in a wrong reading 15 and more.
_TYPICAL = 11.5
#: The likeliest readings differ by thousands of bits; confidence falls only when they are close.
_BITS_FOR_DOUBT = 3.0

_HIGH = bytes(range(0x80, 0x100))
_CONTROLS = bytes([*range(9), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20)])
_FOREIGN = re.compile(rb"[\x80-\xff]+[\x00-\x7f]{0,2}")


def _one_byte(error: UnicodeError) -> tuple[str, int]:
    """Error handler: one U+FFFD for one byte, and try again with the next.

    (``replace`` would also swallow good bytes that a broken sequence claims.)
    """
    assert isinstance(error, UnicodeDecodeError)
    return "\ufffd", error.start + 1


codecs.register_error("zhen.one_byte", _one_byte)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the encoding it was found in.

    ``alternatives`` are other encodings in which the bytes are valid and make a thinkable text,
    likeliest first.
    """

    text: str
    encoding: str
    confidence: float
    alternatives: tuple[str, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    r"""The text of ``data``, line ends as they are, without a byte order mark.

    Bytes that are wrong in their encoding become U+FFFD, the rest is kept. ``declared`` (what a
    page says of itself) is believed when the bytes are a plausible text in it. Raises
    :class:`UnusableError` when the bytes are no text (BINARY) or fit no encoding (BAD_ENCODING).

    >>> decode("中文报道".encode("gb18030")).encoding
    'gb18030'
    >>> decode(b"\xff\xfea\x00b\x00").text
    'ab'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(_lenient(data[len(mark) :], encoding, 1.0))
    nuls = data.count(0)
    high = len(data) - len(data.translate(None, _HIGH))
    wide = nuls * 20 > len(data)  # UTF-16 of mostly ASCII text; a few NULs are just characters
    if not high and not wide and _controls(data) * 20 <= len(data):
        return _checked(Decoded(data.decode("ascii"), "utf-8", 1.0))
    if not wide:
        text = data.decode("utf-8", "replace")
        bad = text.count("\ufffd") - data.count("\ufffd".encode())
        good = len(text) - bad - (len(data) - high)
        if good >= _CLEARLY_UTF8 * max(bad, 1):
            return _checked(_lenient(data, "utf-8", 1.0) if bad else Decoded(text, "utf-8", 1.0))
        # Chinese in UTF-16 has bytes below a blank wherever it has a full stop or a digit.
        if good >= _ALL_VALID and not bad and not _controls(data) and _different(text):
            return _checked(Decoded(text, "utf-8", 1.0))
    return _checked(_likeliest(data, high, _LABELS.get((declared or "").strip().lower())))


def _different(text: str) -> bool:
    """Whether ``text`` has so many different characters beyond ASCII that they are no accident."""
    return sum(char > "\x7f" for char in set(text)) >= _ALL_VALID


def _controls(data: bytes) -> int:
    """How many bytes are control characters that texts do not have."""
    return len(data) - len(data.translate(None, _CONTROLS))


def _lenient(data: bytes, encoding: str, confidence: float) -> Decoded:
    """``data`` in an encoding that is known, U+FFFD for what is wrong in it."""
    text, _ = _try(data, encoding)
    bad = text.count("\ufffd")
    return Decoded(text, encoding, round(confidence * (1 - bad / max(len(text), 1)), 3))


def _sample(data: bytes, high: int) -> tuple[bytes, bool]:
    """Bytes to judge by, and whether they are the beginning of the data, as UTF-16 needs.

    Of mostly ASCII data only what is not ASCII is looked at, with the two bytes that follow and
    may belong to it. (An encoding of this kind is read rightly from any byte after an ASCII one.)
    """
    # Full stops and quotes of Chinese are control characters to one who takes UTF-16 for ASCII.
    if high * 5 > len(data) or len(data) < _SHORT or _controls(data):
        start = data[:_SAMPLE]
        if len(data) > _SAMPLE and b"\n" in start:
            start = start[: start.rindex(b"\n")]
        if len(start) - len(start.translate(None, _HIGH)) >= 64 or len(data) <= _SAMPLE:
            return start, True
    parts: list[bytes] = []
    size = 0
    for found in _FOREIGN.finditer(data):
        parts.append(found[0][:_SAMPLE])
        size += len(parts[-1])
        if size >= _SAMPLE:
            break
    return b"".join(parts), False


def _likeliest(data: bytes, high: int, declared: str | None) -> Decoded:
    """The reading of ``data`` that costs the fewest bits; ``high`` is its count of bytes ≥ 128."""
    sample, from_start = _sample(data, high)
    readings: list[_Reading] = []
    for encoding in dict.fromkeys((*([declared] if declared else []), *_CANDIDATES)):
        if encoding in _WIDE and not from_start:
            continue
        readings.append(_read_as(sample, encoding, declared))
        if readings[-1].typical:
            break
    readings.sort(key=lambda reading: reading.bits)  # stable: earlier candidates win a tie
    best = readings[0]
    if best.hopeless:
        if _controls(data) * 50 > len(data):
            raise UnusableError(QuarantineReason.BINARY, "binary data, no text in any encoding")
        detail = "no encoding that is tried gives a plausible text"
        raise UnusableError(QuarantineReason.BAD_ENCODING, detail)
    return _with_doubt(
        data, best.encoding, [(r.encoding, r.bits - best.bits) for r in readings[1:]]
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a sample is like in one encoding."""

    encoding: str
    bits: float  # of the whole sample, credits taken off
    foreign: int  # characters beyond ASCII
    mean: float  # bits of one of them
    bad: int  # bytes that are wrong

    @property
    def typical(self) -> bool:
        """So many characters, all valid and on average so common, are no accident."""
        return not self.bad and self.foreign >= 64 and self.mean < _TYPICAL

    @property
    def hopeless(self) -> bool:
        # UTF-8 is known for sure by the rest; in other encodings many errors mean a wrong guess.
        utf8 = self.encoding == "utf-8"
        many_bad = self.bad > 8 and self.bad * (5 if utf8 else 15) > self.foreign
        rare = self.mean > _HOPELESS and (self.bad > 0 or not utf8)
        return self.foreign >= 8 and (rare or many_bad)


def _read_as(sample: bytes, encoding: str, declared: str | None) -> _Reading:
    """``sample`` in ``encoding``."""
    text, valid = _try(sample, encoding)
    found = cost(text)
    bits = found.bits + _RARITY.get(encoding, 0.0)
    if encoding == "utf-8" and valid:
        bits -= _VALID_UTF8_CREDIT
    if encoding == declared:
        bits -= _DECLARED_CREDIT
    bad = 0 if valid else text.count("\ufffd")
    return _Reading(encoding, bits, found.foreign, found.foreign_bits / max(found.foreign, 1), bad)


def _with_doubt(data: bytes, best: str, others: list[tuple[str, float]]) -> Decoded:
    """The reading in ``best``; ``others`` cost so many bits more.

    Members of one family read the same bytes alike and do not make each other doubtful.
    """
    decoded = _lenient(data, best, 1.0)
    alternatives: list[str] = []
    weight = 0.0
    surer = _VALID_UTF8_CREDIT if best == "utf-8" and decoded.confidence == 1.0 else 0.0
    for name, more in others:
        text, valid = _try(data, name) if more < 20 * _BITS_FOR_DOUBT else ("", False)
        if not valid or text == decoded.text:
            continue
        alternatives.append(name)
        weight += 2.0 ** (-(more + surer) / _BITS_FOR_DOUBT)
    confidence = round(decoded.confidence / (1 + weight), 3)
    return Decoded(decoded.text, best, confidence, tuple(alternatives[:3]))


def _try(data: bytes, encoding: str) -> tuple[str, bool]:
    """``data`` decoded, and whether every byte of it was valid."""
    try:
        return data.decode(encoding), True
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    few = text.count("\ufffd") * 50 <= len(data) + 1000
    if few and encoding not in _WIDE:
        text = data.decode(encoding, "zhen.one_byte")
    return text, False


def _checked(decoded: Decoded) -> Decoded:
    """``decoded``, unless it holds so many control characters that it is no text."""
    text = decoded.text
    mark = 1 if text.startswith("\ufeff") else 0  # a mark after the mark, or one of UTF-16 found
    controls = len(re.findall(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]", text))
    if controls > 8 and controls * 50 > len(text):
        raise UnusableError(QuarantineReason.BINARY, "binary data: too many control characters")
    return Decoded(text[mark:], decoded.encoding, decoded.confidence, decoded.alternatives)
