"""Two languages inside one block: translations in brackets, or one language after the other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.records import DraftBlock, Lang
from models.spans import Change, TracedText, concat
from tasks.language.script import HAN, has_han

#: Shorter bracketed stretches are glosses (a name, an abbreviation), not translations.
_LEAST_WORDS, _LEAST_HAN = 4, 5

_BRACKETS = re.compile(r"[(（\[［]([^()（）\[\]［］]+)[)）\]］]")
_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
#: What may stand between a text and its translation, and what a text may open with.
_CLOSING = "。！？!?.…”’」』）)\"'"
_JOINTS = " \t\r\n\u3000\u00a0|/丨·-–—"
_OPENING = "“‘「『《（(\"'"


@dataclass(frozen=True, slots=True)
class Part:
    """A block, or a part of one, in one language."""

    lang: Lang
    block: DraftBlock

    @property
    def text(self) -> str:
        """Its text with its label."""
        label = self.block.label
        return f"{label.text} {self.block.text.text}" if label else self.block.text.text


def parts(block: DraftBlock, lang: Lang) -> list[Part]:
    """The parts of a block by language; the block itself when it is in one language."""
    text = block.text
    if not (has_han(text.text) and _WORD.search(text.text)):
        return [Part(lang, block)]
    found = _bracketed(text) or _in_turn(text)
    if found is None:
        return [Part(lang, block)]
    try:
        sides = dict(_built(text, found))
    except ValueError:  # a boundary lies inside an edit of the text: leave the block whole
        return [Part(lang, block)]
    if not all(side.text for side in sides.values()):
        return [Part(lang, block)]
    return [
        # The label goes with the language that comes first.
        Part(side, DraftBlock(block.kind, made, block.label if number == 0 else None))
        for number, (side, made) in enumerate(sides.items())
    ]


#: Stretches of a text by language, in order; ``bare`` is the inside of brackets around it.
_Stretch = tuple[Lang, int, int, bool]


def _bracketed(text: TracedText) -> list[_Stretch] | None:
    """Stretches of a block whose sentences are each followed by a translation in brackets."""
    out: list[_Stretch] = []
    at = 0
    outer: Lang | None = None
    for match in _BRACKETS.finditer(text.text):
        inner = _clear_language(match.group(1))
        before = text.text[at : match.start()]
        if inner is None or not before.strip():
            continue
        side = Lang.EN if inner is Lang.ZH else Lang.ZH
        if outer not in (None, side) or (side is Lang.ZH) != has_han(before):
            return None
        outer = side
        out += [(side, at, match.start(), False), (inner, match.start(), match.end(), True)]
        at = match.end()
    if outer is None:
        return None
    if text.text[at:].strip():
        out.append((outer, at, len(text.text), False))
    return out


def _in_turn(text: TracedText) -> list[_Stretch] | None:
    """Stretches of a block that is first in one language and then in the other."""
    whole = text.text
    han = [match.start() for match in _HAN.finditer(whole)]
    after, before = _after_chinese(whole, han[-1] + 1), _before_chinese(whole, han[0])
    for start, first, second in ((after, Lang.ZH, Lang.EN), (before, Lang.EN, Lang.ZH)):
        if (
            start is not None
            and _clear_language(whole[:start]) is first
            and _clear_language(whole[start:]) is second
        ):
            return [(first, 0, start, False), (second, start, len(whole), False)]
    return None


def _after_chinese(text: str, at: int) -> int | None:
    """Where what follows the last Han character begins; None when nothing parts the two."""
    rest = text[at:].lstrip(_CLOSING)
    bare = rest.lstrip(_JOINTS)
    start = len(text) - len(bare)
    return start if start > at and bare else None


def _before_chinese(text: str, at: int) -> int | None:
    """Where the Chinese that ends a text begins, its opening marks included."""
    front = text[:at].rstrip("0123456789.,%" + _OPENING)
    parted = front.rstrip(_JOINTS)
    if not parted or (parted == front and front[-1] not in _CLOSING):
        return None
    return len(front)


def _clear_language(text: str) -> Lang | None:
    """The language of a stretch long enough to be a clause; None when it is not clear."""
    han, words = len(_HAN.findall(text)), len(_WORD.findall(text))
    if words >= _LEAST_WORDS and han == 0:
        return Lang.EN
    if han >= _LEAST_HAN and han > 2 * words:
        return Lang.ZH
    return None


def _built(text: TracedText, stretches: list[_Stretch]) -> Iterator[tuple[Lang, TracedText]]:
    for lang in dict.fromkeys(stretch[0] for stretch in stretches):
        made = [
            _unbracketed(text.slice(start, end)) if bare else text.slice(start, end).strip()
            for side, start, end, bare in stretches
            if side is lang
        ]
        joint = " " if lang is Lang.EN else ""
        yield lang, concat([one for one in made if one.text], joint).strip()


def _unbracketed(text: TracedText) -> TracedText:
    """The inside of a bracketed stretch; the brackets stay in the pieces, as edits."""
    inner = text.text[1:-1]
    front = len(inner) - len(inner.lstrip()) + 1
    back = len(inner.rstrip()) + 1
    end = len(text.text)
    return text.edit([Change(0, front, "", "bracket"), Change(back, end, "", "bracket")])
