"""The visible page as a list of blocks in reading order, each with what tells its role."""

import re
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree, html

from tasks.read.html.furniture import (
    INFO_LINE,
    SITE_NOTICE,
    SITE_PHRASE,
    SITE_PHRASE_MASS,
    SURE_NOTICE,
    is_button,
)
from tasks.read.html.tables import is_data_table, table_rows

_BLOCK_TAGS = """
address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main
menu nav ol p pre section summary table tbody td tfoot th thead tr ul
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BOLD = frozenset(("b", "strong"))
_HAN = re.compile(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7a3]")
_OTHER = re.compile(r"[^\W_\u3400-\u9fff\u3040-\u30ff\uac00-\ud7a3]+")
_SENTENCE = re.compile(r"[。！？；…]|[.!?][\s\"”’)]|[.!?]$|[:：]$")
_CLAUSE = re.compile(r"[，、,]")
_HAN_OR_FULL = r"[\u3001-\u303f\u3400-\u9fff\uff00-\uffef]"
#: A line of the source wrapped between Han characters, where no blank is meant.
_WRAP = re.compile(rf"(?<={_HAN_OR_FULL})[ \t]*\r?\n\s*(?={_HAN_OR_FULL})")
#: A line of :data:`SITE_PHRASE_MASS` has no more characters.
_LONGEST_PHRASE = 400
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_SEAM = re.compile(r"(?<=\d)(?=\d{2}:\d{2})")
#: A line of front matter in several elements: after a time of day another field begins.
_LONGEST_FIELDS = 80
_TIME_ENDS = re.compile(r"(?<![\d:])\d{1,2}:\d\d(?::\d\d)?\Z")
_FIELD_BEGINS = re.compile(r"[A-Z\u3400-\u9fff]")
_WORD_ENDS = re.compile(r"[A-Za-z\u3400-\u9fff]\Z")
#: A day, with its year or with a time behind it.
_DAY_BEGINS = re.compile(r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d|\d{1,2}[-/]\d{1,2}\s\d{1,2}:\d\d")
_DATED = re.compile(r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}")
_IN_SENTENCES = frozenset("。！？，；,;")


class Kind(StrEnum):
    """What a block is by its element."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    QUOTE = "quote"
    CAPTION = "caption"
    PREFORMATTED = "preformatted"


@dataclass(slots=True, eq=False)
class PageBlock:
    """A stretch of text between two block boundaries.

    ``text`` has a newline for each forced break. ``linked`` and ``bold`` are counts of its
    characters (blanks left out) inside links and bold type, ``size`` counts all of them.
    ``element`` is the innermost block element around it, ``marker`` what stands before a list
    item, ``level`` that of a heading. ``notice``: the words are the site's (rights, cookies …).
    ``weight``: how much the block speaks for the article (see :func:`prose_weight`).
    """

    text: str
    kind: Kind
    element: html.HtmlElement
    size: int = 0
    linked: int = 0
    bold: int = 0
    level: int = 0
    marker: str = ""
    notice: bool = False
    weight: float = 0.0

    @property
    def link_share(self) -> float:
        """The part of the text that is links, 0 to 1."""
        return self.linked / max(self.size, 1)


def mass(text: str) -> float:
    """How much is said: Han characters, and Latin words as two each.

    >>> mass("增长3.5%"), mass("It rose again.")
    (6.0, 6.0)
    """
    return len(_HAN.findall(text)) + min(2.0 * len(_OTHER.findall(text)), len(text))


def prose_weight(block: PageBlock) -> float:
    """How much a block speaks for the article: the mass of sentences that are no links."""
    if block.link_share > 0.5:
        return 0.0
    said = mass(block.text) * (1 - block.link_share)
    if said >= 8 and _SENTENCE.search(block.text):
        return said
    if said >= 24 and _CLAUSE.search(block.text):
        return said * 0.8
    return said * 0.15


class _Reader:
    """Collects the blocks of a page while its tree is walked."""

    def __init__(self) -> None:
        self.blocks: list[PageBlock] = []
        self._parts: list[str] = []
        self._size = self._linked = self._bold = 0
        self._in_link = self._in_bold = self._in_quote = self._in_pre = 0
        self._lists: list[int] = []  # next number of each open list, 0 for bullets
        self._marker = ""
        self._open: list[html.HtmlElement] = []
        self._skip_to: html.HtmlElement | None = None
        self.buttons: list[html.HtmlElement] = []  # block elements around links like "reply"

    def read(self, body: html.HtmlElement) -> list[PageBlock]:
        """The blocks of ``body``, in order; links that are buttons are left out and noted."""
        for event, element in etree.iterwalk(body, events=("start", "end")):
            if event == "start" and self._skip_to is None:
                self._start(element)
            elif event == "end" and self._skip_to is None:
                self._end(element)
            if event == "end" and element is self._skip_to:
                self._skip_to = None
            if event == "end" and self._skip_to is None and element is not body:
                self._text(element.tail)
        self._flush()
        return self.blocks

    def _start(self, element: html.HtmlElement) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._flush()
            self._open.append(element)
            if tag == "table" and is_data_table(element):
                for text, linked in table_rows(element):
                    size = len("".join(text.split()))
                    self.blocks.append(PageBlock(text, Kind.ROW, element, size, linked))
                self._skip_to = element
                self._open.pop()
                return
            if tag in ("ul", "ol", "menu", "dir"):
                self._lists.append(1 if tag == "ol" else 0)
            elif tag == "li":
                self._item()
            elif tag == "blockquote":
                self._in_quote += 1
            elif tag == "pre":
                self._in_pre += 1
        elif tag == "br":
            self._parts.append("\n")
        elif tag == "a":
            if is_button("".join(element.itertext())):
                self.buttons.append(self._open[-1])
                self._skip_to = element
                return
            self._in_link += 1
        elif tag in _BOLD:
            self._in_bold += 1
        elif tag == "q":
            self._parts.append("“")
        self._text(element.text)

    def _end(self, element: html.HtmlElement) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._flush()
            self._open.pop()
            if tag in ("ul", "ol", "menu", "dir"):
                self._lists.pop()
            elif tag == "li":
                self._marker = ""
            elif tag == "blockquote":
                self._in_quote -= 1
            elif tag == "pre":
                self._in_pre -= 1
        elif tag == "a":
            self._in_link -= 1
        elif tag in _BOLD:
            self._in_bold -= 1
        elif tag == "q":
            self._parts.append("”")

    def _item(self) -> None:
        number = self._lists[-1] if self._lists else 0
        self._marker = f"{number}. " if number else "- "
        if number:
            self._lists[-1] += 1

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if not self._in_pre:
            text = _BLANKS.sub(" ", _WRAP.sub("", text) if "\n" in text else text)
        size = len(text) if " " not in text else len("".join(text.split()))
        self._size += size
        self._linked += size if self._in_link else 0
        self._bold += size if self._in_bold else 0
        self._parts.append(text)

    def _flush(self) -> None:
        """Ends the block that is being collected."""
        if self._parts and self._size:
            text = _join(self._parts)
            element = self._open[-1]
            kind, level = self._kind(element)
            marker = self._marker if kind is Kind.ITEM else ""
            text, line = _front_below(text) if kind is Kind.HEADING else (text, "")
            self.blocks.append(
                PageBlock(text, kind, element, self._size, self._linked, self._bold, level, marker)
            )
            if line:
                self.blocks[-1].size -= (size := len("".join(line.split())))
                self.blocks.append(PageBlock(line, Kind.PARAGRAPH, element, size))
            self._marker = ""
        self._parts.clear()
        self._size = self._linked = self._bold = 0

    def _kind(self, element: html.HtmlElement) -> tuple[Kind, int]:
        if element.tag in _HEADINGS:
            return Kind.HEADING, _HEADINGS[element.tag]
        if self._in_pre:
            return Kind.PREFORMATTED, 0
        if element.tag in ("figcaption", "caption"):
            return Kind.CAPTION, 0
        if self._marker:
            return Kind.ITEM, 0
        return (Kind.QUOTE if self._in_quote else Kind.PARAGRAPH), 0


def _join(parts: list[str]) -> str:
    """Stretches of text as one; a date, a time and what follows them do not run together."""
    joined = "".join(parts)
    if len(parts) == 1 or ":" not in joined:
        return joined
    fields = len(joined) <= _LONGEST_FIELDS and _IN_SENTENCES.isdisjoint(joined)
    if not fields and _SEAM.search(joined) is None:
        return joined
    pieces = [parts[0]]
    for part in parts[1:]:
        above = pieces[-1]
        if (re.match(r"\d\d:\d\d", part) and above[-1:].isdigit()) or (
            fields
            and (
                (_FIELD_BEGINS.match(part) and _TIME_ENDS.search(above))
                or (_DAY_BEGINS.match(part) and _WORD_ENDS.search(above))
            )
        ):
            pieces.append(" ")
        pieces.append(part)
    return "".join(pieces)


def _front_below(text: str) -> tuple[str, str]:
    """A headline, and the line with a date below a forced break in its element."""
    title, _, line = text.strip().partition("\n")
    one = title.strip() and "\n" not in line and len(line) <= _LONGEST_FIELDS
    return (title, line) if one and _DATED.search(line) is not None else (text, "")


def _is_notice(text: str) -> bool:
    short = len(text) <= _LONGEST_PHRASE and mass(text) <= SITE_PHRASE_MASS
    if SURE_NOTICE.match(text):
        return True
    if SITE_NOTICE.match(text) or (short and SITE_PHRASE.search(text)):
        return not INFO_LINE.search(text)
    return False


def page_blocks(body: html.HtmlElement) -> tuple[list[PageBlock], list[html.HtmlElement]]:
    """The blocks of a body without hidden elements (see :mod:`tasks.read.html.tree`).

    With them come the elements that hold a link such as "reply" or "share", which is left out.
    """
    reader = _Reader()
    blocks = reader.read(body)
    for block in blocks:
        block.notice = _is_notice(block.text.strip())
        block.weight = 0.0 if block.notice else prose_weight(block)
    return blocks, reader.buttons
