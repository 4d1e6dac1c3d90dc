"""``zhen ingest --explain``: a page with its decisions in the margin, for a terminal."""

from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tasks.ingest.explain import Explanation, Fate, plain_text

_STYLES = {
    Fate.REMOVED: "red",
    Fate.METADATA: "cyan",
    Fate.LABEL: "bold",
    Fate.EDITED: "yellow",
    Fate.SENTENCE_END: "dim",
}
_NARROWEST = 60


def shown_explanation(found: Explanation, *, color: bool) -> bytes:
    """The explanation as UTF-8 text, as wide as the terminal (``COLUMNS``), with or without colour.

    A line has its number, its margin and its text: ``⟦…⟧`` is removed, ``{…}`` went into the
    metadata, ``[…]`` is a label, ``‖`` the end of a sentence. Notes stand below their line.
    """
    out = StringIO()
    console = Console(file=out, highlight=False, force_terminal=color, no_color=not color)
    console.width = max(console.width, _NARROWEST)
    for about in found.head:
        console.print(about, markup=False)
    grid = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1, 0, 0))
    grid.add_column(justify="right", style="dim", no_wrap=True)
    grid.add_column(max_width=console.width // 3, overflow="fold", style="magenta")
    grid.add_column(overflow="fold", ratio=1)
    for line in found.lines:
        if not line.stretches:
            continue
        text = Text()
        for stretch in line.stretches:
            text.append(plain_text([stretch]), style=_STYLES.get(stretch.fate, ""))
        grid.add_row(str(line.number), line.margin, text)
        for note in line.notes:
            grid.add_row("", "", Text(f"  ^ {note}", style="dim"))
    console.print(grid)
    lines = [line.rstrip(" ") for line in out.getvalue().split("\n")]
    return "\n".join([*lines, ""]).encode("utf-8", "replace")
