"""The counts of a corpus: made from its files, read back from its manifest, and said in words."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from models.manifest import ENGINE_HINT, Manifest, Summary
from models.records import Lang, PairHow
from tasks.emit.corpus import MANIFEST, Corpus, check_schema_version
from tasks.emit.jsonl import CorpusError
from tasks.emit.tally import Count, tally_corpus

#: What the codes of the output files are called in a sentence.
WORDS: Mapping[str, str] = {
    "zh": "Chinese",
    "en": "English",
    "same_page": "from one bilingual page",
    "pairs_file": "from a pairs file",
    "file_name": "by file name",
    "content": "by content",
    "machine": "machine translated",
}


@dataclass(frozen=True, slots=True)
class Table:
    """Some counts under one title: rows of (what, number)."""

    title: str
    rows: tuple[tuple[str, int], ...]


def summarise(
    corpus: Corpus,
    *,
    files: int,
    documents: int,
    duplicates: int = 0,
    engine: str | None = None,
    hint: str = ENGINE_HINT,
) -> Summary:
    """The counts of a corpus folder, from its line files in one pass.

    ``files``, ``documents``, ``duplicates`` and ``engine`` do not show in the files; the run knows
    them.
    """
    counts = tally_corpus(corpus).counts
    counts.update(("removed", line.reason) for line in corpus.removed())
    counts.update(("quarantined", line.reason) for line in corpus.quarantine())
    known = Summary(
        files=files, documents=documents, duplicates=duplicates, engine=engine, hint=hint
    )
    return with_counts(known, counts)


def with_counts(summary: Summary, counts: Mapping[Count, int]) -> Summary:
    """A summary that has the tables and numbers of ``counts`` besides what it has.

    >>> with_counts(Summary(files=1), {("beads", "1-1"): 3, ("machine_beads", ""): 1}).beads
    {'1-1': 3}
    """
    tables: defaultdict[str, dict[str, int]] = defaultdict(dict)
    numbers: dict[str, int] = {}
    for name, key in sorted(counts):
        if key:
            tables[name][str(key)] = counts[name, key]
        else:
            numbers[name] = counts[name, key]
    return replace(summary, **numbers, **tables)  # type: ignore[arg-type]


def describe(folder: Path) -> Summary:
    """The counts of a published corpus, from its manifest. Raises CorpusError if it has none."""
    return read_manifest(folder).counts


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a published corpus. Raises CorpusError when there is none that we read."""
    path = folder / MANIFEST
    if not path.is_file():
        raise CorpusError(f"{folder} is not a published corpus of zhen: no {MANIFEST}")
    check_schema_version(folder)
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except msgspec.MsgspecError as error:
        raise CorpusError(f"{path}: {error}") from None


def headline(summary: Summary) -> str:
    """What came out, in one line.

    >>> headline(Summary(pairs={"same_page": 1}, unpaired={"no_candidate": 4}))
    '1 pair, 4 unpaired'
    >>> headline(Summary(pairs={"same_page": 1, "machine": 4}))
    '5 pairs (4 machine translated), 0 unpaired'
    """
    pairs, unpaired = sum(summary.pairs.values()), sum(summary.unpaired.values())
    machine = summary.pairs.get(PairHow.MACHINE, 0)
    made = f" ({machine} machine translated)" if machine else ""
    return f"{plural(pairs, 'pair')}{made}, {unpaired:,} unpaired"


def engine_line(summary: Summary) -> str:
    """How the articles without counterpart were, or can be, translated; "" when all have one."""
    if summary.engine is not None:
        return f"Translated by {summary.engine}; everything it made is marked as machine text."
    return summary.hint if summary.unpaired else ""


def plain_sentences(summary: Summary) -> tuple[str, ...]:
    """The corpus in a few sentences, for the report, the dataset card and the terminal.

    >>> for line in plain_sentences(Summary(files=2, documents=2, articles={"en": 1, "zh": 1},
    ...         pairs={"file_name": 1}, beads={"1-1": 8, "0-1": 1})):
    ...     print(line)
    2 files with 2 documents gave 1 Chinese and 1 English article.
    1 pair, 0 unpaired.
    9 beads: 8 with text on both sides, 1 without counterpart.
    """
    counted = " and ".join(
        f"{summary.articles.get(lang, 0):,} {WORDS[lang]}" for lang in (Lang.ZH, Lang.EN)
    )
    last = summary.articles.get(Lang.EN, 0)
    lines = [
        f"{plural(summary.files, 'file')} with {plural(summary.documents, 'document')} gave "
        f"{counted} {'article' if last == 1 else 'articles'}.",
        f"{headline(summary)}.",
    ]
    beads = sum(summary.beads.values())
    if beads:
        null = sum(
            n for kind, n in summary.beads.items() if kind.startswith("0-") or kind[-2:] == "-0"
        )
        line = f"{plural(beads, 'bead')}: {beads - null:,} with text on both sides, "
        line += f"{null:,} without counterpart"
        if summary.machine_beads:
            line += f"; {summary.machine_beads:,} with a machine-made side"
        lines.append(f"{line}.")
    if summary.duplicates:
        lines.append(f"{plural(summary.duplicates, 'document')} left out as a copy of another.")
    quarantined = sum(summary.quarantined.values())
    if quarantined:
        lines.append(f"{plural(quarantined, 'input')} could not be used; see quarantine.jsonl.")
    return tuple(lines)


def tables(summary: Summary) -> tuple[Table, ...]:
    """All counts that are not zero, grouped, in words; in a group the most frequent first."""
    groups: list[tuple[str, Mapping[str, int]]] = [
        ("Articles", summary.articles),
        ("Machine-made articles", summary.machine_articles),
        ("Sentences", summary.sentences),
        ("Pairs", summary.pairs),
        ("Unpaired", summary.unpaired),
        ("Beads (Chinese-English)", summary.beads),
        ("Flags", summary.flags),
        ("Removed", summary.removed),
        ("Quarantined", summary.quarantined),
    ]
    inputs = {
        "files": summary.files,
        "documents": summary.documents,
        "duplicates": summary.duplicates,
    }
    return tuple(
        Table(title, tuple((word(code), counts[code]) for code in _ranked(counts) if counts[code]))
        for title, counts in [("Input", inputs), *groups]
        if any(counts.values())
    )


def _ranked(counts: Mapping[str, int]) -> list[str]:
    if set(counts) <= set(Lang):
        return [lang for lang in Lang if lang in counts]
    return sorted(counts, key=lambda code: -counts[code])


def word(code: str) -> str:
    """A code of the output files as words.

    >>> word("near_tie"), word("same_page")
    ('near tie', 'from one bilingual page')
    """
    return WORDS.get(code, code.replace("_", " "))


def plural(count: int, noun: str) -> str:
    """A number with its noun.

    >>> plural(1, "pair"), plural(1200, "pair")
    ('1 pair', '1,200 pairs')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
