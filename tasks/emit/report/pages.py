"""Turning articles into HTML, and sharing them out over pages."""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from tasks.emit.report.rows import rows_markup, taken_out
from tasks.emit.report.view import Item

_HERE = Path(__file__).parent
PAIRS, UNPAIRED = "pairs", "unpaired"


@dataclass(frozen=True, slots=True)
class Title:
    """A title in a list, with its language tag."""

    text: str
    tag: str
    machine: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A pair or article in a list; ``href`` leads there from the page of the list."""

    number: int
    titles: tuple[Title, ...]
    href: str
    about: str
    flagged: int


@dataclass(frozen=True, slots=True)
class Outline:
    """What lists and paging need of a section of the report. ``look`` is its style."""

    item: str
    kind: str
    look: str
    titles: tuple[Title, ...]
    about: str
    flagged: int
    rows: int


@dataclass(frozen=True, slots=True)
class Rendered:
    """A section of the report: its outline, and its HTML but for the first line, which has its
    number. ``place`` is its number among those of all kinds, ``number`` among those of its own,
    from 1 (0: not known yet).
    """

    outline: Outline
    markup: str
    place: int = 0
    number: int = 0

    @property
    def kind(self) -> str:
        """Pairs, or articles without counterpart."""
        return self.outline.kind

    @property
    def first_line(self) -> str:
        """The first line of the HTML."""
        outline = self.outline
        name = f"{'Pair' if outline.kind == PAIRS else 'Article'} {self.number}"
        return (
            f'<article class="item {outline.look}" id="a-{outline.item}" tabindex="-1" '
            f'aria-label="{name}">\n<p class="about-item"><strong>{name}</strong> '
        )

    def entry(self, page: str) -> Entry:
        """The entry of a list that stands on another page ("" for the same page)."""
        outline = self.outline
        return Entry(
            self.number, outline.titles, f"{page}#a-{outline.item}", outline.about, outline.flagged
        )


def numbered(sections: Iterable[Rendered]) -> Iterator[Rendered]:
    """Sections with their numbers."""
    numbers: Counter[str] = Counter()
    for place, section in enumerate(sections, 1):
        numbers[section.kind] += 1
        yield Rendered(section.outline, section.markup, place, numbers[section.kind])


@dataclass(frozen=True, slots=True)
class Page:
    """Sections that share a page."""

    kind: str
    number: int
    sections: tuple[Rendered, ...]

    @property
    def name(self) -> str:
        """The file's name under ``report/``."""
        return f"{self.kind}-{self.number:04d}.html"

    @property
    def first(self) -> int:
        """The number of the first section."""
        return self.sections[0].number

    @property
    def last(self) -> int:
        """The number of the last section."""
        return self.sections[-1].number


def render(item: Item) -> Rendered:
    """The HTML of a section."""
    two = len(item.sides) == 2
    about = [item.how]
    if two:
        about.append(f"{item.beads:,} beads")
    if item.flagged:
        about.append(f"{item.flagged:,} flagged")
    outline = Outline(
        item=item.id,
        kind=PAIRS if two else UNPAIRED,
        look="pair" if two else f"alone-{item.sides[0].lang}",
        titles=tuple(Title(s.title, s.tag, s.origin == "machine") for s in item.sides),
        about=" · ".join(about) if two else item.how.removeprefix("unpaired: "),
        flagged=item.flagged,
        rows=len(item.rows),
    )
    return Rendered(outline, template("item").render(item=item))


def paged(sections: Iterable[Rendered], size: int, rows: int) -> Iterator[Page]:
    """Share sections out: a page holds one kind, at most ``size`` sections, and takes no further
    one once it has ``rows`` rows.
    """
    held: list[Rendered] = []
    number = 0
    for section in sections:
        if held and (held[0].kind != section.kind or _is_full(held, size, rows)):
            number += 1
            yield Page(held[0].kind, number, tuple(held))
            if held[0].kind != section.kind:
                number = 0
            held = []
        held.append(section)
    if held:
        yield Page(held[0].kind, number + 1, tuple(held))


def take_page(sections: Iterator[Rendered], size: int, rows: int) -> list[Rendered]:
    """The sections that fit on one page, of whatever kind."""
    held: list[Rendered] = []
    while not _is_full(held, size, rows) and (section := next(sections, None)) is not None:
        held.append(section)
    return held


def _is_full(held: list[Rendered], size: int, rows: int) -> bool:
    return len(held) >= size or sum(section.outline.rows for section in held) >= rows


@cache
def template(name: str) -> Template:
    """A compiled template. All values are escaped."""
    return _environment().get_template(f"{name}.html.j2")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    css, js = ((_HERE / "assets" / name).read_text("utf-8") for name in ("report.css", "report.js"))
    environment.globals |= {
        "css": Markup(css),
        "js": Markup(js),
        "policy": _policy(css, js),
        "rows_markup": rows_markup,
        "taken_out": taken_out,
    }
    return environment


def _policy(css: str, js: str) -> str:
    """A Content-Security-Policy that lets nothing load or run but this style and this script."""
    return (
        f"default-src 'none'; style-src '{_hash(css)}'; script-src '{_hash(js)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
