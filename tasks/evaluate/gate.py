"""``make gate``: quality floors. ``python -m tasks.evaluate.gate [--update [--lower]]``.

The floors are in ``floors.json`` beside this file, with a digest of the gold data they were
measured on. Sets for alignment are looked for in the folder that ``ZHEN_BENCH`` names, the pages
in ``tests/data``; a line whose data is missing prints NOT MEASURED and passes. ``--update`` raises
floors to what is measured now (less a margin); a floor is only ever lowered with ``--lower``.
"""

import json
import os
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from pathlib import Path

from models.lexicon import Lexicon
from tasks.align import DocumentPair, Group, align_batch
from tasks.evaluate.align import align_gold, score
from tasks.evaluate.align_gold import GoldSet, read_gold, with_deletions
from tasks.evaluate.pages import PAGE_FIGURES, evaluate_pages, gold_digest, scores

FLOORS = Path(__file__).with_name("floors.json")
PAGES = Path(__file__).resolve().parents[2] / "tests" / "data" / "pages"
#: The halves of the pages, and whether each is the one that is only ever measured.
PAGE_LINES = {"pages, visible half": False, "pages, held-out half": True}
_MARGIN = 0.004  # about one standard error: a measured figure may fall so far below the last one
_SEEDS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the gate: a set and how its figures (named, larger is better) are measured."""

    name: str
    folder: str
    measure: Callable[[GoldSet], dict[str, float]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a figure: ``measured`` is None when its data is missing."""

    name: str
    floor: float
    measured: float | None
    note: str = ""

    @property
    def passed(self) -> bool:
        """Whether the floor holds (also when nothing could be measured)."""
        return self.measured is None or (not self.note and self.measured >= self.floor)


def _strict(gold: GoldSet, *, together: bool, lexicon: bool = True) -> dict[str, float]:
    known = None if lexicon else Lexicon.empty()
    system, _ = align_gold(gold, together=together, lexicon=known)
    row = score(gold, [[(b.zh, b.en) for b in beads] for beads in system])
    return {"strict_f1": row.f1}


def _deletions(gold: GoldSet, *, share: float) -> dict[str, float]:
    rows = []
    for seed in _SEEDS:
        damaged = with_deletions(gold, share, seed)
        system, _ = align_gold(damaged, together=True)
        rows.append(score(damaged, [[(b.zh, b.en) for b in beads] for beads in system]))
    figures = {
        "strict_f1": [row.f1 for row in rows],
        "null_precision": [row.null_precision or 0.0 for row in rows],
        "null_recall": [row.null_recall or 0.0 for row in rows],
    }
    return {name: sum(values) / len(values) for name, values in figures.items()}


def _wrong_blocks(gold: GoldSet) -> dict[str, float]:
    """With paragraphs that begin at random places of both sides, each document alone."""
    values = []
    for seed in _SEEDS:
        rng = random.Random(seed)
        pairs = [
            DocumentPair(
                zh=document.zh,
                en=document.en,
                zh_groups=_random_groups(len(document.zh), rng),
                en_groups=_random_groups(len(document.en), rng),
            )
            for document in gold.documents
        ]
        system = align_batch(pairs)
        values.append(score(gold, [[(b.zh, b.en) for b in beads] for beads in system]).f1)
    return {"strict_f1": sum(values) / len(values)}


def _random_groups(sentences: int, rng: random.Random) -> list[Group]:
    return [Group(block) for block in accumulate(rng.random() < 0.3 for _ in range(sentences))]


LINES: tuple[Line, ...] = (
    Line("align mac-dev, batch", "mac-dev", partial(_strict, together=True)),
    Line("align mac-dev, each document", "mac-dev", partial(_strict, together=False)),
    Line("align mac-dev, no lexicon", "mac-dev", partial(_strict, together=True, lexicon=False)),
    Line("align mac-dev, 10% deleted", "mac-dev", partial(_deletions, share=0.10)),
    Line("align mac-dev, 25% deleted", "mac-dev", partial(_deletions, share=0.25)),
    Line("align mac-dev, wrong paragraphs", "mac-dev", _wrong_blocks),
    Line("align academic, batch", "academic", partial(_strict, together=True)),
)


def run_gate(bench: Path | None, floors: dict[str, dict[str, float | str]]) -> list[Verdict]:
    """Measure every line and hold it against its floors."""
    out = []
    gold: dict[str, GoldSet] = {}
    for line in LINES:
        own = floors.get(line.name, {})
        names = [name for name in own if name != "gold"]
        folder = bench / line.folder if bench else None
        if folder is None or not (folder / "gold").is_dir():
            out += [
                Verdict(f"{line.name}: {name}", float(own.get(name, 0.0)), None)
                for name in names or ["strict_f1"]
            ]
            continue
        if line.folder not in gold:
            gold[line.folder] = read_gold(folder)
        note = "" if own.get("gold") == gold[line.folder].digest else "the gold data is another one"
        for name, value in line.measure(gold[line.folder]).items():
            out.append(Verdict(f"{line.name}: {name}", float(own.get(name, 0.0)), value, note))
    return out


def run_pages(folder: Path, floors: dict[str, dict[str, float | str]]) -> list[Verdict]:
    """Measure both halves of the gold pages and hold them against their floors."""
    out = []
    there = folder.is_dir()
    digest = gold_digest(folder) if there else ""
    for line, held in PAGE_LINES.items():
        own = floors.get(line, {})
        found = scores(evaluate_pages(folder, held=held).values()) if there else None
        note = "" if own.get("gold") == digest else "the gold data is another one"
        for name in PAGE_FIGURES:
            floor = float(own.get(name, 0.0))
            value = getattr(found, name) if found is not None else None
            out.append(Verdict(f"{line}: {name}", floor, value, note if there else ""))
    return out


def updated(
    verdicts: Sequence[Verdict],
    floors: dict[str, dict[str, float | str]],
    digests: dict[str, str],
    *,
    lower: bool,
) -> dict[str, dict[str, float | str]]:
    """The floors after a measurement: raised where more was reached; lowered only when asked."""
    out = {name: dict(own) for name, own in floors.items()}
    for verdict in verdicts:
        if verdict.measured is None:
            continue
        line, name = verdict.name.rsplit(": ", 1)
        own = out.setdefault(line, {})
        reached = round(verdict.measured - _MARGIN, 4)
        if reached > verdict.floor or lower:
            own[name] = reached
        own["gold"] = digests[line]
    return out


def format_verdicts(verdicts: Sequence[Verdict]) -> str:
    """A line for each figure."""
    lines = []
    for v in verdicts:
        if v.measured is None:
            lines.append(f"NOT MEASURED  {v.name} (floor {v.floor:.4f}): no data, see ZHEN_BENCH")
        else:
            word = "ok    " if v.passed else "BROKEN"
            reason = f" ({v.note})" if v.note else ""
            lines.append(f"{word}  {v.name}: {v.measured:.4f}, floor {v.floor:.4f}{reason}")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Run the gate; 0 when every floor holds, 1 when one is broken, 2 for a wrong option."""
    options = set(arguments)
    if options - {"--update", "--lower"} or ("--lower" in options and "--update" not in options):
        sys.stderr.write("usage: python -m tasks.evaluate.gate [--update [--lower]]\n")
        return 2
    place = os.environ.get("ZHEN_BENCH")
    bench = Path(place) if place else None
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    verdicts = [*run_pages(PAGES, floors), *run_gate(bench, floors)]
    sys.stdout.write(format_verdicts(verdicts))
    if "--update" in options:
        digests = dict.fromkeys(PAGE_LINES, gold_digest(PAGES)) if PAGES.is_dir() else {}
        for line in LINES if bench is not None else ():
            if bench is not None and (bench / line.folder / "gold").is_dir():
                digests[line.name] = read_gold(bench / line.folder).digest
        new = updated(verdicts, floors, digests, lower="--lower" in options)
        FLOORS.write_text(json.dumps(new, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        return 0
    return 0 if all(v.passed for v in verdicts) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
