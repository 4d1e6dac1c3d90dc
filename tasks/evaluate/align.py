"""``zhen eval align``: the aligner against gold alignments.

Strict F1: a bead counts when both id sets are exactly right; precision over all beads of the
system, recall over all beads of the gold, null beads included. Lax: a bead counts when it shares
a sentence pair with a gold bead (null beads: when they are exactly right). ``vecalign_f1`` is
strict F1 as Vecalign's own score has it: null beads of the gold are left out of recall
(Thompson and Koehn 2019).
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

from models.lexicon import Lexicon
from tasks.align import AlignedBead, AlignSettings, DocumentPair, align_batch
from tasks.evaluate.align_gold import (
    Bead,
    GoldDocument,
    GoldSet,
    format_beads,
    gold_folders,
    read_gold,
)

_SETTINGS = AlignSettings()


@dataclass(frozen=True, slots=True)
class AlignScore:
    """One row of the evaluation. Shares from 0 to 1; null figures are None without null beads."""

    name: str
    documents: int
    beads: int
    precision: float
    recall: float
    f1: float
    lax_f1: float
    vecalign_f1: float
    null_precision: float | None
    null_recall: float | None
    worst: float  # lowest and highest strict F1 of a document
    best: float
    beads_per_second: float


def evaluate(
    folders: Sequence[Path],
    *,
    batch: str = "document",
    lexicon: Lexicon | None = None,
    settings: AlignSettings = _SETTINGS,
    write: Path | None = None,
) -> list[AlignScore]:
    """Align the sets in ``folders`` and score them, one row a set.

    ``batch`` is ``document`` (each document on its own, as in the pipeline) or ``all``
    (self-training over all documents of a set). With ``write`` the beads go to
    ``write/<set>/NNN.align`` in the gold format. Raises ValueError on a folder without gold.
    """
    if batch not in ("document", "all"):
        raise ValueError(f"batch is 'document' or 'all', not {batch!r}")
    rows = []
    for folder in (f for given in folders for f in gold_folders(given)):
        gold = read_gold(folder)
        system, seconds = align_gold(
            gold, together=batch == "all", lexicon=lexicon, settings=settings
        )
        rows.append(score(gold, [[(b.zh, b.en) for b in beads] for beads in system], seconds))
        if write is not None:
            out = write / gold.name
            out.mkdir(parents=True, exist_ok=True)
            for document, beads in zip(gold.documents, system, strict=True):
                text = format_beads(((b.zh, b.en) for b in beads), flipped=document.flipped)
                (out / f"{document.name}.align").write_text(text, encoding="utf-8", newline="\n")
    return rows


def align_gold(
    gold: GoldSet,
    *,
    together: bool,
    lexicon: Lexicon | None = None,
    settings: AlignSettings = _SETTINGS,
) -> tuple[list[list[AlignedBead]], float]:
    """The system's beads for each document of a set, and the seconds they took."""
    pairs = [DocumentPair(zh=d.zh, en=d.en) for d in gold.documents]
    begin = perf_counter()
    beads = align_batch(pairs, lexicon=lexicon, config=settings, together=together)
    return beads, perf_counter() - begin


def score(gold: GoldSet, system: Sequence[Sequence[Bead]], seconds: float = 0.0) -> AlignScore:
    """Score the beads of a system, one list a document."""
    pairs = list(zip(gold.documents, system, strict=True))
    total = [_count(document, beads) for document, beads in pairs]
    single = [_f1(*_count(d, s)[:3]) for d, s in pairs]
    right, ours, theirs, lax_ours, lax_theirs, full, null, null_ours, null_theirs = (
        sum(column) for column in zip(*total, strict=True)
    )
    lax_p, lax_r = _share(lax_ours, ours), _share(lax_theirs, theirs)
    full_p, full_r = _share(right, ours), _share(right - null, full)
    return AlignScore(
        name=gold.name,
        documents=len(pairs),
        beads=ours,
        precision=_share(right, ours),
        recall=_share(right, theirs),
        f1=_f1(right, ours, theirs),
        lax_f1=2 * lax_p * lax_r / (lax_p + lax_r) if lax_p + lax_r else 0.0,
        vecalign_f1=2 * full_p * full_r / (full_p + full_r) if full_p + full_r else 0.0,
        null_precision=null / null_ours if null_ours else None,
        null_recall=null / null_theirs if null_theirs else None,
        worst=min(single, default=0.0),
        best=max(single, default=0.0),
        beads_per_second=ours / seconds if seconds else 0.0,
    )


def _count(document: GoldDocument, beads: Sequence[Bead]) -> tuple[int, ...]:
    ours, theirs = set(beads), set(document.beads)
    right = ours & theirs

    def touching(some: set[Bead], others: set[Bead]) -> int:
        links = {(x, y) for a, b in others for x in a for y in b}
        return sum(
            bead in others or any((x, y) in links for x in bead[0] for y in bead[1])
            for bead in some
        )

    def nulls(some: set[Bead]) -> int:
        return sum(not a or not b for a, b in some)

    return (
        len(right),
        len(ours),
        len(theirs),
        touching(ours, theirs),
        touching(theirs, ours),
        len(theirs) - nulls(theirs),
        nulls(right),
        nulls(ours),
        nulls(theirs),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _f1(right: int, ours: int, theirs: int) -> float:
    return 2 * right / (ours + theirs) if ours + theirs else 0.0


_COLUMNS: tuple[tuple[str, Callable[[AlignScore], str]], ...] = (
    ("set", lambda r: r.name),
    ("docs", lambda r: str(r.documents)),
    ("beads", lambda r: str(r.beads)),
    ("precision", lambda r: f"{r.precision:.4f}"),
    ("recall", lambda r: f"{r.recall:.4f}"),
    ("strict F1", lambda r: f"{r.f1:.4f}"),
    ("documents", lambda r: f"{r.worst:.3f}-{r.best:.3f}"),
    ("lax F1", lambda r: f"{r.lax_f1:.4f}"),
    ("Vecalign F1", lambda r: f"{r.vecalign_f1:.4f}"),
    ("null P", lambda r: "-" if r.null_precision is None else f"{r.null_precision:.3f}"),
    ("null R", lambda r: "-" if r.null_recall is None else f"{r.null_recall:.3f}"),
    ("beads/s", lambda r: f"{r.beads_per_second:.0f}"),
)


def format_scores(rows: Sequence[AlignScore]) -> str:
    """The rows as a table of plain text."""
    cells = [[head for head, _ in _COLUMNS], *([cell(r) for _, cell in _COLUMNS] for r in rows)]
    widths = [max(len(line[k]) for line in cells) for k in range(len(_COLUMNS))]
    return "".join(
        "  ".join(
            text.ljust(width) if k == 0 else text.rjust(width)
            for k, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        + "\n"
        for line in cells
    )


def score_records(rows: Sequence[AlignScore]) -> list[dict[str, object]]:
    """The rows as plain dictionaries, for ``--json``."""
    return [asdict(row) for row in rows]
