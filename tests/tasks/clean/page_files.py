"""The made-up pages of ``pages/``: their text, and what must come of every line of it.

A file has one line of the page a line, with a mark of one letter in front:

- ``T|`` the title;  ``K|`` a body line that is kept, with ``⟦…⟧`` around what is cut out of it
- ``C|`` a line that goes on from the one before (a wrapped paragraph)
- ``H|`` ``I|`` ``R|`` kept as a heading, as an item of a numbered list, as a table row
- ``L|label|text`` kept with a label;  ``S|label：text|label：text`` such blocks in one line
- ``M|`` front matter, which leaves the blocks for the metadata;  ``D|`` dropped;  ``B|`` blank
- ``= name value`` a value of the metadata; all of them must be there, and no other
"""

import re
from dataclasses import dataclass
from pathlib import Path

PAGES = Path(__file__).parent / "pages"
_CUT = re.compile("⟦(.*?)⟧")


@dataclass(frozen=True)
class Line:
    mark: str
    label: str | None
    text: str  # with ⟦…⟧

    @property
    def kept(self) -> list[str]:
        """The parts of the line that stay."""
        return [part for part in re.split("⟦.*?⟧", self.text) if part.strip()]

    @property
    def cut(self) -> list[str]:
        return _CUT.findall(self.text)


@dataclass(frozen=True)
class Page:
    text: str
    lines: tuple[Line, ...]
    metadata: tuple[str, ...]


def load(path: Path) -> Page:
    text: list[str] = []
    lines: list[Line] = []
    metadata: list[str] = []
    items = 0
    for raw in path.read_text(encoding="utf-8").split("\n"):
        if not raw:
            continue
        if raw.startswith("= "):
            metadata.append(raw[2:])
            continue
        mark, _, body = raw.partition("|")
        body = body.replace("\\x9d", "\x9d")
        if mark == "L":
            label, _, said = body.partition("|")
            text.append(f"{label} {said}" if re.fullmatch(r"[\d:]+", label) else f"{label}：{said}")
            lines.append(Line("L", label, said))
        elif mark == "S":
            text.append(body.replace("|", ""))
            lines += [Line("L", *part.split("：", 1)) for part in body.split("|")]
        elif mark == "I":
            items += 1
            text.append(f"{items}. {body}")
            lines.append(Line("I", None, body))
        else:
            text.append(_CUT.sub(r"\1", body))
            lines.append(Line(mark, None, body))
    return Page("\n".join(text) + "\n", tuple(lines), tuple(metadata))
