"""What stands around a sentence and is kept through translation: list markers and quotes.

An engine sees the words alone; quotes that open before or close after a sentence come back in the
form of the target language. So a quote that spans three sentences opens in the first and closes in
the third on both sides.
"""

import re
from dataclasses import dataclass

from models.records import Lang

_OPEN = {"“": "”", "「": "」", "『": "』", '"': '"', "‘": "’", "«": "»"}
_CLOSE = {close: start for start, close in _OPEN.items()}
_INNER = {"『", "』", "‘", "’"}

_MARKER = re.compile(
    r"""(?:[-*•·●○■□◆▪▶►]+\s+                     # bullets
      |[(（](?:\d{1,3}|[一二三四五六七八九十]{1,3}|[a-zA-Z])[)）]\s*
      |\d{1,3}[.)、）．](?!\d)\s*
      |[一二三四五六七八九十]{1,3}、\s*
      |[①-⑳]\s*)""",
    re.VERBOSE,
)
_NUMERALS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九十")}


@dataclass(frozen=True, slots=True)
class Peeled:
    """A sentence without what stands around it: ``before`` and ``after`` are already in the form
    of the target language.
    """

    before: str
    core: str
    after: str

    def wrap(self, translated: str) -> str:
        """The translated core with what stood around it.

        >>> peel("“好。”", Lang.ZH, Lang.EN).wrap("Good.")
        '“Good.”'
        """
        return f"{self.before}{translated}{self.after}" if translated else ""


def peel(text: str, source: Lang, target: Lang) -> Peeled:
    """Take list markers and outer quotes off a sentence.

    A quote is outer when it opens at the start and closes at the end, or has no partner in the
    sentence.

    >>> peel("二、「今天开始」", Lang.ZH, Lang.EN)
    Peeled(before='2. “', core='今天开始', after='”')
    """
    core = text.strip()
    before = ""
    marker = _MARKER.match(core)
    if marker and marker.end() < len(core):
        before = convert_marker(marker[0], target)
        core = core[marker.end() :]
    opening, core, closing = _peel_quotes(core)
    before += "".join(convert_quote(mark) for mark in opening)
    after = "".join(convert_quote(mark) for mark in closing)
    return Peeled(before, core, after) if core else Peeled("", text.strip(), "")


def _peel_quotes(text: str) -> tuple[str, str, str]:
    opening = closing = ""
    for _ in range(3):
        partner = _partners(text)
        last = len(text) - 1
        if len(text) < 2:
            break
        if text[0] in _OPEN and partner.get(0) in (None, last):
            if partner.get(0) == last:
                opening, text, closing = opening + text[0], text[1:-1].strip(), text[-1] + closing
            else:
                opening, text = opening + text[0], text[1:].lstrip()
        elif text[last] in _CLOSE and last not in partner.values() and text[last] not in "'’":
            text, closing = text[:-1].rstrip(), text[last] + closing
        else:
            break
    return opening, text, closing


def _partners(text: str) -> dict[int, int]:
    """Where each opening quote closes. A straight quote closes when one is open."""
    partner: dict[int, int] = {}
    waiting: list[int] = []
    for at, character in enumerate(text):
        if character == "’" and 0 < at < len(text) - 1 and text[at + 1].isalpha():
            continue  # an apostrophe
        top = text[waiting[-1]] if waiting else ""
        if top and character == _OPEN[top]:
            partner[waiting.pop()] = at
        elif character in _OPEN:
            waiting.append(at)
    return partner


def convert_quote(mark: str) -> str:
    """A quote in the curly form that both languages use.

    >>> convert_quote("「"), convert_quote("』")
    ('“', '’')
    """
    if mark == '"':
        return mark
    if mark in _INNER:
        return "‘" if mark in _OPEN else "’"
    return "“" if mark in _OPEN else "”"


def convert_marker(marker: str, target: Lang) -> str:
    """A list marker in the target language.

    >>> convert_marker("三、", Lang.EN), convert_marker("(2) ", Lang.ZH)
    ('3. ', '（2）')
    """
    bare = marker.strip()
    if target is Lang.ZH:
        inner = re.fullmatch(r"\((.+)\)", bare)
        if inner:
            return f"（{inner[1]}）"
        return bare if bare in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳" else f"{bare} "
    inner = re.fullmatch(r"[(（](.+)[)）]", bare)
    if inner:
        return f"({_figure(inner[1])}) "
    numbered = re.fullmatch(r"(.+?)([、.．)）])", bare)
    if numbered:
        return f"{_figure(numbered[1])}{')' if numbered[2] in ')）' else '.'} "
    return f"{bare} "


def _figure(numeral: str) -> str:
    """Chinese numerals up to 99 in figures; anything else as it is.

    >>> _figure("二十三")
    '23'
    """
    if not numeral or any(character not in _NUMERALS for character in numeral):
        return numeral
    tens, ten, ones = numeral.rpartition("十")
    if ten:
        return str((_NUMERALS.get(tens, 1) if tens else 1) * 10 + _NUMERALS.get(ones, 0))
    return "".join(str(_NUMERALS[character]) for character in numeral)
