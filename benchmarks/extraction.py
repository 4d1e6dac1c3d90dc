r"""How well the article of an HTML page is found: zhen beside trafilatura alone.

    python -m benchmarks.extraction FOLDER --worst 10

FOLDER is laid out as that of the public article-extraction-benchmark (Zyte, formerly Scrapinghub):
``ground-truth.json`` with ``{id: {"articleBody": text}}``, and the pages as ``html/ID.html.gz`` or
``html/ID.html``. The measure is that benchmark's: texts are cut into words (``\w+``) and compared
as bags of four words in a row; a page's precision and recall are averaged over the pages, and F1 is
that of the averages. Zhen's text is that of the blocks that are left when a page has gone the way
from reading to sentences, without its title; trafilatura's is ``extract`` with its defaults, but
without comments, as that benchmark runs it.

Gold may have ``title``, ``authors`` (a list) and ``date`` (ISO 8601; the day counts), too. Then the
values found are counted as right, wrong or missing.
"""

import argparse
import gzip
import json
import logging
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from models.records import BlockKind, Quarantine
from tasks.ingest import ingest
from tasks.read import InputUnit, ReadSettings, read, scan

_WORD = re.compile(r"\w+")
_WORDS = 4  # of a shingle


@dataclass(frozen=True, slots=True)
class Found:
    """What an extractor finds on a page: empty where it finds nothing."""

    body: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Shingles that gold and found text share, and how many of each are alone, as shares of all."""

    both: float
    found_only: float
    gold_only: float

    @property
    def precision(self) -> float:
        """Of what was found, the share that is gold; 1 where both texts are empty."""
        return _share(self.both, self.found_only, self.gold_only)

    @property
    def recall(self) -> float:
        """Of the gold, the share that was found; 1 where both texts are empty."""
        return _share(self.both, self.gold_only, self.found_only)


def _share(both: float, lost: float, other: float) -> float:
    if lost == other == 0:
        return 1.0
    return both / (both + lost) if both else 0.0


def overlap(gold: str, found: str) -> Overlap:
    """How far two texts agree (see the head of this module)."""
    left, right = _shingles(gold), _shingles(found)
    both = (left & right).total()
    alone = (right - left).total(), (left - right).total()
    whole = max(both + sum(alone), 1)
    return Overlap(both / whole, alone[0] / whole, alone[1] / whole)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    cuts = (tuple(words[at : at + _WORDS]) for at in range(max(1, len(words) - _WORDS + 1)))
    return Counter(cut for cut in cuts if cut)


def scores(overlaps: Sequence[Overlap]) -> tuple[float, float, float]:
    """Mean precision, mean recall, and their F1.

    A page counts for the precision when something was found on it, for the recall when it has gold.
    """
    precisions = [one.precision for one in overlaps if one.both + one.found_only > 0]
    recalls = [one.recall for one in overlaps if one.both + one.gold_only > 0]
    precision, recall = (mean(values) if values else 0.0 for values in (precisions, recalls))
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def by_zhen(page: bytes) -> Found:
    """What zhen makes of a page; the articles of a bilingual one together."""
    with tempfile.TemporaryDirectory(prefix="zhen-bench-") as folder:
        Path(folder, "page.html").write_bytes(page)
        unit = next(u for u in scan([Path(folder)], ReadSettings()))
        document = read(unit, ReadSettings()) if isinstance(unit, InputUnit) else unit
    articles = () if isinstance(document, Quarantine) else ingest(document).articles
    if not articles:
        return Found()
    blocks = [b for article in articles for b in article.blocks if b.kind is not BlockKind.TITLE]
    about = articles[0].metadata
    people = [fact.value for fact in about.authors]
    return Found(
        "\n".join(f"{block.label or ''} {block.text}" for block in blocks),
        "" if articles[0].title_derived else articles[0].title or "",
        tuple(who.name for who in people if who.role == "author")
        or tuple(who.name for who in people if who.role == "reporter"),
        about.published.value if about.published else "",
    )


def by_trafilatura(page: bytes) -> Found:
    """What trafilatura makes of a page with its defaults."""
    import trafilatura  # seconds; nobody who only wants the measure needs it

    about = trafilatura.bare_extraction(page, include_comments=False, with_metadata=True)
    body = trafilatura.extract(page, include_comments=False) or ""
    if about is None or isinstance(about, dict):
        return Found(body)
    authors = tuple(name for name in (about.author or "").split("; ") if name)
    return Found(body, about.title or "", authors, about.date or "")


EXTRACTORS: dict[str, Callable[[bytes], Found]] = {
    "zhen": by_zhen,
    "trafilatura": by_trafilatura,
}


def judged(gold: dict[str, Any], found: Found) -> dict[str, str]:
    """``right``, ``wrong`` or ``missing`` for each field of the metadata that the gold has."""
    pairs: dict[str, tuple[object, object]] = {
        "title": (_bare(gold.get("title") or ""), _bare(found.title)),
        "authors": (
            {_bare(name) for name in gold.get("authors") or ()},
            {_bare(name) for name in found.authors},
        ),
        "date": (str(gold.get("date") or "")[:10], found.date[:10]),
    }
    return {
        field: "missing" if not got else "right" if got == wanted else "wrong"
        for field, (wanted, got) in pairs.items()
        if wanted
    }


def _bare(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def pages(folder: Path) -> Iterator[tuple[str, dict[str, Any], bytes]]:
    """Name, gold and bytes of each page of a folder.

    Raises SystemExit, with what is missing, when the folder is not laid out as it should be.
    """
    truth = folder / "ground-truth.json"
    if not truth.is_file():
        raise SystemExit(f"{truth} is missing: give the folder that holds it and html/")
    for name, gold in sorted(json.loads(truth.read_text(encoding="utf-8")).items()):
        plain, packed = (folder / "html" / f"{name}.html{end}" for end in ("", ".gz"))
        if plain.is_file():
            yield name, gold, plain.read_bytes()
        elif packed.is_file():
            yield name, gold, gzip.decompress(packed.read_bytes())
        else:
            raise SystemExit(f"{plain} is missing, and so is {packed.name}: {truth} names the page")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print a line for each extractor, then its metadata and worst pages."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, help="ground-truth.json and html/")
    parser.add_argument("--worst", type=int, default=0, help="so many pages of zhen are named")
    given = parser.parse_args(arguments)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    overlaps: dict[str, list[Overlap]] = {name: [] for name in EXTRACTORS}
    fields: dict[str, Counter[tuple[str, str]]] = {name: Counter() for name in EXTRACTORS}
    names: list[str] = []
    for page, gold, data in pages(given.folder):
        names.append(page)
        for name, extract in EXTRACTORS.items():
            found = extract(data)
            overlaps[name].append(overlap(gold.get("articleBody") or "", found.body))
            fields[name].update(judged(gold, found).items())
    print(f"{len(names)} pages    precision  recall  F1")
    for name, of_pages in overlaps.items():
        print(f"{name:12}" + "".join(f"  {score:.3f}" for score in scores(of_pages)))
    for field in ("title", "authors", "date"):
        for name, counts in fields.items():
            verdicts = [f"{counts[field, word]} {word}" for word in ("right", "wrong", "missing")]
            if any(counts[field, word] for word in ("right", "wrong", "missing")):
                print(f"{field}, {name}: " + ", ".join(verdicts))
    ranked = sorted(zip(names, *overlaps.values(), strict=True), key=lambda row: row[1].both)
    for page, *of_page in ranked[: given.worst]:
        print(page + "".join(f"  {o.precision:.3f} {o.recall:.3f}" for o in of_page))


if __name__ == "__main__":
    main()
