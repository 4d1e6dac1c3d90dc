"""The stream of XML events of a Word document, turned into blocks."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from tasks.read.lines import paragraphs_of

#: Built-in style names by style id.
Styles = dict[str, str]
#: (list id, level) → whether its items are numbered.
Lists = dict[tuple[str, str], bool]

#: Text in these is not the document's: deleted or moved away, codes of fields, the second copy of
#: a drawing for old programs, the pronunciation over a word.
_SKIPPED = frozenset(
    ("del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText", "rt", "sectPr")
)
#: A cell longer than this is prose in a layout table, not a value in a table of data.
_LONG_CELL = 120
_SENTENCE_END = '。！？.!?”"'


def local_name(tag: str) -> str:
    """A tag without its namespace (the strict and the usual variant of the format differ there)."""
    return tag.rpartition("}")[2]


def attribute(attributes: dict[str, str], name: str) -> str:
    """An attribute by its local name; "" when it is not there."""
    return next((value for key, value in attributes.items() if local_name(key) == name), "")


def value_of(element: Element, name: str = "val") -> str:
    """An attribute of an element by its local name; "" when it is not there."""
    return attribute(dict(element.items()), name)


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that is being read."""

    text: list[str] = field(default_factory=list)
    style: str = ""
    outline: int | None = None
    list_id: str = ""
    level: str = "0"


@dataclass(slots=True)
class _Table:
    """A table that is being read: rows of cells of paragraphs."""

    rows: list[list[list[str]]] = field(default_factory=list)


class BodyReader:
    """Target of an XML parser; ``blocks`` is what was read, in order."""

    def __init__(self, styles: Styles, lists: Lists) -> None:
        self.blocks: list[str] = []
        self._styles = styles
        self._lists = lists
        self._counters: dict[tuple[str, str], int] = {}
        self._paragraphs: list[_Paragraph] = []
        self._tables: list[_Table] = []
        self._titled = False
        self._skipping = 0
        self._in_run = False
        self._run_hidden = False
        self._in_text = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = local_name(tag)
        if self._skipping or name in _SKIPPED:
            self._skipping += 1
            return
        match name:
            case "p":
                self._paragraphs.append(_Paragraph())
            case "r":
                self._in_run, self._run_hidden = True, False
            case "vanish" if self._in_run:
                self._run_hidden = attribute(attributes, "val") not in ("0", "false", "off")
            case "t":
                self._in_text = not self._run_hidden
            case "tbl":
                self._tables.append(_Table())
            case "tr" if self._tables:
                self._tables[-1].rows.append([])
            case "tc" if self._tables and self._tables[-1].rows:
                self._tables[-1].rows[-1].append([])
            case _ if self._paragraphs:
                self._in_paragraph(name, attribute(attributes, "val"))

    def _in_paragraph(self, name: str, value: str) -> None:
        """A small element inside a paragraph: a property, or a character of its own."""
        paragraph = self._paragraphs[-1]
        match name:
            case "pStyle":
                paragraph.style = self._styles.get(value, "")
            case "outlineLvl" if value.isascii() and value.isdigit() and int(value) < 9:
                paragraph.outline = int(value)
            case "numId":
                paragraph.list_id = "" if value == "0" else value
            case "ilvl":
                paragraph.level = value
            case "tab" if self._in_run:
                paragraph.text.append(" ")
            case "br" | "cr":
                paragraph.text.append("\n")
            case "noBreakHyphen":
                paragraph.text.append("-")

    def data(self, text: str) -> None:
        """Characters."""
        if self._in_text and self._paragraphs and not self._skipping:
            self._paragraphs[-1].text.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._skipping:
            self._skipping -= 1
            return
        match local_name(tag):
            case "t":
                self._in_text = False
            case "r":
                self._in_run = False
            case "p":
                self._finish_paragraph(self._paragraphs.pop())
            case "tbl":
                self._finish_table(self._tables.pop())

    def close(self) -> None:
        """The document ends. Without a title of that style, a heading on top is the title."""
        if not self._titled and self.blocks and self.blocks[0].startswith("## "):
            self.blocks[0] = self.blocks[0][1:]

    def _finish_paragraph(self, paragraph: _Paragraph) -> None:
        lines = paragraphs_of("".join(paragraph.text))
        if not lines:
            return
        if not (self._tables and self._tables[-1].rows and self._tables[-1].rows[-1]):
            lines[0] = self._mark(paragraph) + lines[0]
        self._emit(lines)

    def _emit(self, lines: list[str]) -> None:
        """Paragraphs to where they stand: the cell of a table, or the page."""
        if self._tables and self._tables[-1].rows and self._tables[-1].rows[-1]:
            self._tables[-1].rows[-1][-1] += lines
        else:
            self.blocks += lines

    def _mark(self, paragraph: _Paragraph) -> str:
        """What Markdown writes before a heading or list item."""
        style = paragraph.style
        level = paragraph.outline
        if style.startswith("heading ") and style[8:9].isdigit():
            level = int(style[8]) - 1
        if style == "title":
            self._titled = True
            return "# "
        if level is not None:
            return "#" * min(level + 2, 6) + " "
        if paragraph.list_id or style.startswith(("list bullet", "list number")):
            key = (paragraph.list_id, paragraph.level)
            if not self._lists.get(key, style.startswith("list number")):
                return "- "
            self._counters[key] = self._counters.get(key, 0) + 1
            return f"{self._counters[key]}. "
        return ""

    def _finish_table(self, table: _Table) -> None:
        """A table of data gives a line a row; a table that lays out prose gives its paragraphs."""
        rows = [row for row in table.rows if any(row)]
        cells = [cell for row in rows for cell in row if cell]
        prose = sum(cell[-1][-1] in _SENTENCE_END for cell in cells) * 2 >= len(cells)
        long = any(len(cell) > 1 or len(cell[0]) > _LONG_CELL for cell in cells)
        if prose or long or max((len(row) for row in rows), default=0) < 2:
            self._emit([line for cell in cells for line in cell])
        else:
            texts = [[" ".join(cell) for cell in row] for row in rows]
            self._emit(["\n".join(["| " + " | ".join(row) + " |" for row in texts])])
