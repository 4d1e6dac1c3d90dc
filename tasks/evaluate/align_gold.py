"""Gold alignments: folders with ``src/NNN``, ``tgt/NNN`` (a sentence a line) and
``gold/NNN.align`` (lines ``[source ids]:[target ids]``, counted from 0).

The layout of the public sets for Chinese and English at github.com/bfsujason/mac and
github.com/bfsujason/aligner-eval (Bertalign). Either language may be the source.
"""

import hashlib
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tasks.language.script import shares

#: A bead: sentence numbers of both sides.
Bead = tuple[tuple[int, ...], tuple[int, ...]]

_LINE = re.compile(r"\[([\d, ]*)\]\s*:\s*\[([\d, ]*)\]")


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One document. ``flipped`` when English is the source; the beads are always (zh, en)."""

    name: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    beads: tuple[Bead, ...]
    flipped: bool = False


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A folder of gold alignments; ``digest`` is the sha256 of all its files."""

    name: str
    documents: tuple[GoldDocument, ...]
    digest: str


def gold_folders(folder: Path) -> list[Path]:
    """The sets in a folder: itself, or those of its subfolders that are one, sorted.

    Raises ValueError when there is none.
    """
    found = [f for f in (folder, *sorted(folder.iterdir())) if (f / "gold").is_dir()]
    if not found:
        raise ValueError(f"{folder}: no gold alignments (a folder with src, tgt and gold)")
    return found


def read_gold(folder: Path) -> GoldSet:
    """Read a set. Raises ValueError, naming the file, when something in it is not as it should."""
    digest = hashlib.sha256()
    documents = []
    for align in sorted((folder / "gold").glob("*.align")):
        name = align.name.removesuffix(".align")
        data = [(folder / side / name).read_bytes() for side in ("src", "tgt")]
        data.append(align.read_bytes())
        for part in data:
            digest.update(len(part).to_bytes(8, "little") + part)
        source, target = (tuple(_lines(part.decode("utf-8-sig"))) for part in data[:2])
        beads = tuple(_beads(data[2].decode("utf-8-sig"), align))
        if any(
            x >= n
            for b in beads
            for ids, n in zip(b, (len(source), len(target)), strict=True)
            for x in ids
        ):
            raise ValueError(f"{align}: a bead names a sentence that is not there")
        flipped = shares(" ".join(source)).han < shares(" ".join(target)).han
        if flipped:
            source, target = target, source
            beads = tuple((b, a) for a, b in beads)
        documents.append(GoldDocument(name, source, target, beads, flipped))
    if not documents:
        raise ValueError(f"{folder}: no .align file in gold")
    return GoldSet(folder.name, tuple(documents), digest.hexdigest())


def format_beads(beads: Iterable[Bead], *, flipped: bool = False) -> str:
    r"""Beads (zh, en) in the gold format; ``flipped`` puts English first.

    >>> format_beads([((0,), (0, 1)), ((), (2,))])
    '[0]:[0, 1]\n[]:[2]\n'
    """
    return "".join(
        f"{list(b)}:{list(a)}\n" if flipped else f"{list(a)}:{list(b)}\n" for a, b in beads
    )


def with_deletions(gold: GoldSet, share: float, seed: int) -> GoldSet:
    """The set with random runs of 1 to 12 beads deleted from one side or the other.

    About ``share`` of all beads lose a side; the sentences left alone are null beads then.
    """
    documents = []
    for document in gold.documents:
        rng = random.Random(f"{seed} {share} {document.name}")
        side = [0] * len(document.beads)  # 1: Chinese deleted, 2: English deleted
        while sum(s > 0 for s in side) < share * len(side):
            length = rng.randint(1, 12)
            start = rng.randrange(max(len(side) - length, 1))
            chosen = rng.randint(1, 2)
            if not any(side[max(start - 1, 0) : start + length + 1]):
                side[start : start + length] = [chosen] * length
        documents.append(_delete(document, side))
    return GoldSet(f"{gold.name} -{share:.0%} #{seed}", tuple(documents), gold.digest)


def _delete(document: GoldDocument, side: Sequence[int]) -> GoldDocument:
    gone: tuple[set[int], set[int]] = (set(), set())
    beads: list[Bead] = []
    for bead, deleted in zip(document.beads, side, strict=True):
        zh, en = bead
        if deleted == 1:
            gone[0].update(zh)
            beads += [((), (x,)) for x in en]
        elif deleted == 2:
            gone[1].update(en)
            beads += [((x,), ()) for x in zh]
        else:
            beads.append(bead)
    left = [
        [k for k in range(len(s)) if k not in g]
        for s, g in zip((document.zh, document.en), gone, strict=True)
    ]
    new = [{old: k for k, old in enumerate(kept)} for kept in left]
    return GoldDocument(
        document.name,
        tuple(document.zh[k] for k in left[0]),
        tuple(document.en[k] for k in left[1]),
        tuple((tuple(new[0][x] for x in a), tuple(new[1][x] for x in b)) for a, b in beads),
        document.flipped,
    )


def _lines(text: str) -> list[str]:
    lines = [line.rstrip("\r") for line in text.split("\n")]
    return lines[:-1] if lines and lines[-1] == "" else lines


def _beads(text: str, file: Path) -> Iterator[Bead]:
    for number, line in enumerate(_lines(text), 1):
        if not line.strip():
            continue
        match = _LINE.match(line)
        if match is None:
            raise ValueError(f"{file}, line {number}: not a bead: {line[:60]!r}")
        a, b = (tuple(int(x) for x in part.split(",") if x.strip()) for part in match.groups())
        if a or b:
            yield a, b
