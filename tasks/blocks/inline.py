"""Inline markup: emphasis, links, images, code; and the bold lead-in that is a label."""

import re
from dataclasses import dataclass

from models.records import RemovalReason
from tasks.blocks.labels import LabelSpan, bold_label
from tasks.blocks.signs import has_any
from tasks.blocks.surgery import Excision

#: Without one of these a text has no inline markup.
_ANY = "*_`[~\\"
_IMAGE = re.compile(r"!\[([^\[\]]{0,300})\]\(([^()\s]{1,2000})(?:[ \t]\"[^\"]{0,300}\")?\)")
_LINK = re.compile(
    r"\[([^\[\]]{1,300})\]\(((?:https?:|mailto:|javascript:|www\.|[/#.?])[^()\s]{0,2000})"
    r"(?:[ \t]\"[^\"]{0,300}\")?\)"
)
_EMPTY_LINK = re.compile(r"\[\]\([^()\s]{0,2000}\)")
_STRONG = re.compile(r"\*\*|__")
_ONE_STAR = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]{1,300}?)(?<=[^\s*])\*(?![\w*])")
_ONE_LINE = re.compile(r"(?<![\w_])_(?=[^\s_])([^_]{1,300}?)(?<=[^\s_])_(?![\w_])")
_CODE = re.compile(r"(?<!`)`([^`]{1,300})`(?!`)")
_STRIKE = re.compile(r"~~([^~]{1,300})~~")
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+.!|>~\-])")
_COLON = ":："


@dataclass(frozen=True, slots=True)
class Inline:
    """Marks to take out, and a label: the bold words before a colon at the start."""

    excisions: tuple[Excision, ...]
    label: LabelSpan | None


def has_inline_marks(text: str) -> bool:
    """Whether a text may hold inline markup; a fast first look."""
    return has_any(text, _ANY)


def inline_marks(text: str, *, markdown: bool) -> Inline:
    """The inline markup of a paragraph; weaker marks count only in Markdown documents.

    >>> found = inline_marks("**Chips:** cheap ones", markdown=False)
    >>> found.label, [(e.start, e.end) for e in found.excisions]
    (LabelSpan(start=2, end=7, stop=10), [(0, 2)])
    """
    if not has_inline_marks(text):
        return Inline((), None)
    cuts = [(found.start(), found.end(), "image") for found in _IMAGE.finditer(text)]
    cuts += [(found.start(), found.end(), "link") for found in _EMPTY_LINK.finditer(text)]
    for found in _LINK.finditer(text):
        cuts += [(found.start(), found.start(1), "link"), (found.end(1), found.end(), "link")]
    label: LabelSpan | None = None
    for mark in ("**", "__"):
        if mark in text:
            pairs = _strong_pairs(text, mark)
            if pairs and label is None:
                label = _lead_in(text, pairs[0])
            for opening, closing in pairs:
                cuts.append((opening, opening + 2, "emphasis"))
                if label is None or closing >= label.stop:
                    cuts.append((closing, closing + 2, "emphasis"))
    if markdown:
        for pattern, rule, size in (
            (_ONE_STAR, "emphasis", 1),
            (_ONE_LINE, "emphasis", 1),
            (_CODE, "code", 1),
            (_STRIKE, "strike", 2),
        ):
            for found in pattern.finditer(text):
                cuts.append((found.start(), found.start() + size, rule))
                cuts.append((found.end() - size, found.end(), rule))
        cuts += [(found.start(), found.end(), "escape") for found in _ESCAPE.finditer(text)]
    return Inline(_excisions(cuts), label)


def _excisions(cuts: list[tuple[int, int, str]]) -> tuple[Excision, ...]:
    """The cuts in order; of two that overlap the first and longer one counts."""
    out: list[Excision] = []
    for start, end, rule in sorted(cuts, key=lambda cut: (cut[0], -cut[1])):
        if not out or start >= out[-1].end:
            out.append(Excision(start, end, RemovalReason.MARKUP, rule))
    return tuple(out)


def _strong_pairs(text: str, mark: str) -> list[tuple[int, int]]:
    """Openings and closings of strong emphasis; a mark without a partner stays in the text."""
    out: list[tuple[int, int]] = []
    opening = -1
    at = text.find(mark)
    while at >= 0:
        before, after = text[at - 1 : at] if at else "", text[at + 2 : at + 3]
        if opening >= 0 and not before.isspace() and at > opening + 2:
            out.append((opening, at))
            opening = -1
        elif after and not after.isspace() and not (mark == "__" and _is_word(before)):
            opening = at
        at = text.find(mark, at + 2)
    return out


def _is_word(ch: str) -> bool:
    return ch.isalnum() and ch.isascii()


def _lead_in(text: str, pair: tuple[int, int]) -> LabelSpan | None:
    """The bold words that open the text, when a colon ends them and more follows."""
    opening, closing = pair
    if opening != 0:
        return None
    begin, end, stop = 2, closing, closing + 2
    if text[end - 1] in _COLON:
        end -= 1
    elif text[stop : stop + 1] and text[stop] in _COLON:
        stop += 1
    else:
        return None
    while end > begin and text[end - 1].isspace():
        end -= 1
    while begin < end and text[begin].isspace():
        begin += 1
    if not bold_label(text[begin:end]) or not text[stop:].strip():
        return None
    return LabelSpan(begin, end, stop)
