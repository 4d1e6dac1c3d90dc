"""Gold pages: made-up documents with what must come of every line; see ``tests/data/pages``.

A page ``NAME.txt`` is written line by line with a mark of one letter in front; the text of the
page is what is left without the marks. The gold of ``NAME.html`` is ``NAME.html.gold``: the same
lines, which are looked up in the text that is extracted.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from pathlib import Path

from models.records import Lang

_BRACKET = re.compile("⟦(.*?)⟧")
_HAN = re.compile(r"[\u3400-\u9fff]")
#: Marks of lines that are kept, and the kinds of block they must be, where that is asked.
KEPT_MARKS = "TKCHIRLS"
#: What the values of the metadata may be of; sections and pages have no field and are never found.
_FIELDS = frozenset(
    (
        *("published", "updated", "outlet", "author", "counter", "url", "summary", "note"),
        *("original", "title", "section", "page"),
    )
)


class Fate(Enum):
    """What must come of a character."""

    KEPT = "kept"
    GONE = "gone"
    ANY = "any"  # marks between label and text, brackets around a translation, debatable lines


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a line of the page; ``after`` is what the text of the article has for it."""

    text: str
    after: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class GoldLine:
    """A line of a page: its mark, its label, and its sentences as parts.

    ``lead`` stands before the sentences (label and separator, list number), ``end`` after them (a
    newline; nothing or a blank where the next label follows in the same line of the page).
    """

    mark: str
    label: str | None
    lead: str
    sentences: tuple[tuple[Part, ...], ...]
    end: str = "\n"

    @property
    def parts(self) -> list[Part]:
        """The parts of all sentences."""
        return [part for sentence in self.sentences for part in sentence]

    @property
    def source(self) -> str:
        """The line as it stands on the page."""
        return self.lead + "".join(part.text for part in self.parts)

    @property
    def text(self) -> str:
        """What is kept of it, as it must read."""
        return "".join(part.after for part in self.parts if part.fate is Fate.KEPT)

    @property
    def cuts(self) -> list[str]:
        """What is cut out of a line that is kept."""
        return [part.text for part in self.parts if part.fate is Fate.GONE]


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A page with its gold: expected languages of its articles, lines, values of the metadata.

    ``allowed`` are values that the metadata may have or not.
    """

    name: str
    path: Path
    types: tuple[str, ...]
    langs: tuple[Lang, ...]
    lines: tuple[GoldLine, ...]
    metadata: tuple[str, ...]
    allowed: tuple[str, ...]

    @property
    def text(self) -> str:
        """The text of a plain page."""
        return "".join(line.source + line.end for line in self.lines)

    @property
    def html(self) -> bool:
        """Whether the page is a file of its own, in HTML."""
        return self.path.suffix == ".html"


def held_out(name: str) -> bool:
    """Whether a page is only ever measured, never looked at: half of them, by the file's name."""
    return sha256(name.encode()).digest()[0] % 2 == 1


def read_pages(folder: Path) -> list[GoldPage]:
    """The pages of a folder in the order of their names.

    Raises ValueError for a file that is no gold page, with the file and line.
    """
    return [read_page(path) for path in page_files(folder)]


def page_files(folder: Path) -> list[Path]:
    """The pages of a folder, without their gold."""
    found = [path for path in folder.iterdir() if path.suffix in (".txt", ".html")]
    return sorted(found, key=lambda path: path.name)


def read_page(path: Path) -> GoldPage:
    """One page. Raises ValueError, with the line, for a mark that is not known."""
    gold = path if path.suffix == ".txt" else path.with_name(f"{path.name}.gold")
    heads: dict[str, list[str]] = {"?": [], "@": [], "=": [], "~": []}
    lines: list[GoldLine] = []
    items = 0
    for number, raw in enumerate(gold.read_text(encoding="utf-8").split("\n"), 1):
        if not raw:
            continue
        if raw[0] in heads and raw[1:2] == " ":
            if raw[0] in "=~" and raw[2:].split(" ")[0] not in _FIELDS:
                raise ValueError(f"{gold}:{number}: {raw[:20]!r} is no field of the metadata")
            heads[raw[0]].append(raw[2:])
            continue
        mark, bar, body = raw.partition("|")
        if not bar or mark not in {*KEPT_MARKS, "M", "D", "N", "B"}:
            raise ValueError(f"{gold}:{number}: {raw[:20]!r} does not begin with a known mark")
        items += mark == "I"
        lines += _lines(mark, body.replace("\\x9d", "\x9d"), items)
    langs = tuple(Lang(lang) for line in heads["@"] for lang in line.split())
    if not langs:
        raise ValueError(f"{gold}: the languages of its articles are missing (@ zh en)")
    return GoldPage(
        path.name,
        path,
        tuple(kind for line in heads["?"] for kind in line.split()),
        langs,
        tuple(lines),
        tuple(heads["="]),
        tuple(heads["~"]),
    )


def language_of(text: str) -> Lang:
    """The language a kept sentence was written in: gold sentences with Han are Chinese."""
    return Lang.ZH if _HAN.search(text) else Lang.EN


def _lines(mark: str, body: str, number: int) -> Iterator[GoldLine]:
    if mark == "L":
        label, _, said = body.partition("|")
        colon = " " if re.fullmatch(r"[\d:]+", label) else "：" if _HAN.search(body) else ": "
        yield GoldLine(mark, label, label + colon, _sentences(said))
    elif mark == "S":
        *turns, last = (re.split(r"([：:]\s*)", said, maxsplit=1) for said in body.split("|"))
        between = "" if _HAN.search(body) else " "
        for label, colon, said in turns:
            yield GoldLine(mark, label, label + colon, _sentences(said), between)
        yield GoldLine(mark, last[0], last[0] + last[1], _sentences(last[2]))
    elif mark == "I" and not body.startswith("⟦~"):
        yield GoldLine(mark, None, f"{number}. ", _sentences(body))
    else:
        fate = {"M": Fate.GONE, "D": Fate.GONE, "N": Fate.ANY}.get(mark, Fate.KEPT)
        yield GoldLine(mark, None, "", _sentences(body, fate))


def _sentences(body: str, fate: Fate = Fate.KEPT) -> tuple[tuple[Part, ...], ...]:
    if fate is not Fate.KEPT:
        return ((Part(body, "", fate),),)
    return tuple(tuple(_parts(sentence)) for sentence in body.split("‖"))


def _parts(sentence: str) -> Iterator[Part]:
    for index, text in enumerate(_BRACKET.split(sentence)):
        if index % 2 == 0:
            if text:
                yield Part(text, text, Fate.KEPT)
        elif text.startswith("~"):
            yield Part(text[1:], "", Fate.ANY)
        elif "→" in text:
            before, _, after = text.partition("→")
            yield Part(before, after, Fate.KEPT)
        else:
            yield Part(text, "", Fate.GONE)


def joined(lines: Sequence[GoldLine]) -> Iterator[tuple[GoldLine, bool]]:
    """Lines with whether the sentence at their end goes on in the next kept line."""
    for index, line in enumerate(lines):
        later = next((n.mark for n in lines[index + 1 :] if n.mark not in "BDMN"), "")
        yield line, line.mark in KEPT_MARKS and later == "C"
