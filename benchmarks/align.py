"""Speed and quality of sentence alignment, with a Gale-Church reference in the same run.

    python -m benchmarks.align [--bitext DIR] [--bench DIR] [--long]

``--bitext`` is a folder with ``train.zh.xz`` and ``train.en.xz`` (lines that translate each other):
news-length documents and, with ``--long``, one of 30,000 to 40,000 sentences are made of it.
``--bench`` holds gold sets. Hunalign is run when an executable of that name is found.
All figures are for one core; run it on a quiet machine.
"""

import argparse
import lzma
import math
import random
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from itertools import islice, pairwise
from pathlib import Path
from time import perf_counter, process_time

from tasks.align import DocumentPair, align_batch
from tasks.evaluate.align import score
from tasks.evaluate.align_gold import Bead, GoldSet, gold_folders, read_gold

_PRIORS = {
    (1, 1): 0.89,
    (1, 0): 0.005,
    (0, 1): 0.005,
    (2, 1): 0.0445,
    (1, 2): 0.0445,
    (2, 2): 0.011,
}


def gale_church(zh: Sequence[str], en: Sequence[str]) -> list[Bead]:
    """The aligner of Gale and Church (1993) by character lengths, s2 = 6.8, the ratio of the
    document; within 200 sentences of the diagonal.
    """
    zh_sum, en_sum = [0], [0]
    for text in zh:
        zh_sum.append(zh_sum[-1] + len(text))
    for text in en:
        en_sum.append(en_sum[-1] + len(text))
    ratio = max(en_sum[-1], 1) / max(zh_sum[-1], 1)
    best: dict[tuple[int, int], tuple[float, int, int]] = {(0, 0): (0.0, 0, 0)}
    slope = len(en) / max(len(zh), 1)
    for i in range(len(zh) + 1):
        middle = round(i * slope)
        for j in range(max(0, middle - 200), min(len(en), middle + 200) + 1):
            found: tuple[float, int, int] | None = best.get((i, j))
            for (a, b), prior in _PRIORS.items():
                before = best.get((i - a, j - b))
                if before is None:
                    continue
                one = zh_sum[i] - zh_sum[i - a]
                two = en_sum[j] - en_sum[j - b]
                mean = max((one + two / ratio) / 2, 1.0)
                delta = (two - one * ratio) / math.sqrt(mean * ratio * ratio * 6.8)
                tail = max(math.erfc(abs(delta) / math.sqrt(2)), 1e-300)
                cost = before[0] - math.log(prior) - math.log(tail)
                if found is None or cost < found[0]:
                    found = (cost, a, b)
            if found is not None:
                best[i, j] = found
    out: list[Bead] = []
    i, j = len(zh), len(en)
    while i or j:
        _, a, b = best[i, j]
        out.append((tuple(range(i - a, i)), tuple(range(j - b, j))))
        i, j = i - a, j - b
    return out[::-1]


def news(bitext: Path, documents: int) -> list[DocumentPair]:
    """Documents of 20 to 60 lines of the bitext."""
    rng = random.Random(0)
    sides = []
    for name in ("train.zh.xz", "train.en.xz"):
        with lzma.open(bitext / name, "rt", encoding="utf-8") as file:
            sides.append(
                [line.rstrip("\n") for line in islice(file, 300_000, 300_000 + 60 * documents)]
            )
    out, at = [], 0
    for _ in range(documents):
        size = rng.randint(20, 60)
        out.append(DocumentPair(zh=sides[0][at : at + size], en=sides[1][at : at + size]))
        at += size
    return out


def long_document(bitext: Path, lines: int = 40_000) -> DocumentPair:
    """One document of the bitext; a quarter of the Chinese lines is joined to the one before."""
    rng = random.Random(0)
    zh: list[str] = []
    en: list[str] = []
    with (
        lzma.open(bitext / "train.zh.xz", "rt", encoding="utf-8") as left,
        lzma.open(bitext / "train.en.xz", "rt", encoding="utf-8") as right,
    ):
        for one, two in islice(zip(left, right, strict=True), 400_000, 400_000 + lines):
            if zh and rng.random() < 0.25:
                zh[-1] += one.rstrip("\n")
            else:
                zh.append(one.rstrip("\n"))
            en.append(two.rstrip("\n"))
    return DocumentPair(zh=zh, en=en)


def timed(name: str, documents: Sequence[DocumentPair]) -> None:
    """Print beads a second, by the clock and of processor time."""
    wall, cpu = perf_counter(), process_time()
    beads = sum(map(len, align_batch(documents)))
    wall, cpu = perf_counter() - wall, process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{name:32} {beads:6} beads  {wall:7.2f} s  {beads / wall:7.0f}/s"
        f"  ({beads / cpu:.0f}/s of processor time)  peak {memory:.2f} GB"
    )


def external(gold: GoldSet) -> None:
    """Hunalign without a dictionary, when there is one."""
    program = shutil.which("hunalign")
    if program is None:
        print(f"{gold.name:32} hunalign: no executable found")
        return
    system = []
    begin = perf_counter()
    with tempfile.TemporaryDirectory() as place:
        for document in gold.documents:
            files = [Path(place) / name for name in ("zh", "en", "null.dic")]
            files[0].write_text("".join(" ".join(s) + "\n" for s in document.zh), encoding="utf-8")
            files[1].write_text("".join(s + "\n" for s in document.en), encoding="utf-8")
            files[2].write_text("", encoding="utf-8")
            done = subprocess.run(
                [program, str(files[2]), str(files[0]), str(files[1])],
                capture_output=True, text=True, check=True,
            )  # fmt: skip
            rungs = [tuple(map(int, line.split("\t")[:2])) for line in done.stdout.splitlines()]
            system.append(
                [
                    (tuple(range(a, c)), tuple(range(b, d)))
                    for (a, b), (c, d) in pairwise(rungs)
                    if c > a or d > b
                ]
            )
    row = score(gold, system, perf_counter() - begin)
    print(f"{gold.name:32} hunalign      strict F1 {row.f1:.4f}  {row.beads_per_second:7.0f}/s")


def _zhen(pairs: Sequence[DocumentPair]) -> list[list[Bead]]:
    return [[(b.zh, b.en) for b in beads] for beads in align_batch(pairs)]


def _gale_church(pairs: Sequence[DocumentPair]) -> list[list[Bead]]:
    return [gale_church(pair.zh, pair.en) for pair in pairs]


def main() -> None:
    """Run what there is data for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bitext", type=Path)
    parser.add_argument("--bench", type=Path)
    parser.add_argument("--long", action="store_true")
    options = parser.parse_args()
    if options.bench is not None:
        for folder in gold_folders(options.bench):
            gold = read_gold(folder)
            pairs = [DocumentPair(zh=d.zh, en=d.en) for d in gold.documents]
            align_batch(pairs[:1])
            for name, system in (("zhen", _zhen), ("Gale-Church", _gale_church)):
                begin = perf_counter()
                beads = system(pairs)
                row = score(gold, beads, perf_counter() - begin)
                figures = f"strict F1 {row.f1:.4f}  {row.beads_per_second:7.0f}/s"
                print(f"{gold.name:32} {name:13} {figures}")
            external(gold)
    if options.bitext is not None:
        documents = news(options.bitext, 400)
        align_batch(documents[200:])  # the words of the language are met once a process
        timed("news, 20 to 60 sentences", documents[:200])
        if options.long:
            timed("one document, 30,000 x 40,000", [long_document(options.bitext)])


if __name__ == "__main__":
    main()
