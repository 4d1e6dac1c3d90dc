"""How well an engine translates a test set: BLEU and chrF with signatures, speed, guards, terms.

Scores come from sacreBLEU (Post 2018, https://aclanthology.org/W18-6319), so they can be compared
with published ones: the tokeniser ``zh`` for Chinese, ``13a`` for English.
"""

import os
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from models.engines import (
    Direction,
    Engine,
    EngineError,
    EngineName,
    find_engine,
    open_engine,
)
from models.glossary import Glossary
from models.records import Lang
from tasks.translate import (
    Outcome,
    TranslateCounts,
    TranslateSettings,
    TranslationCache,
    engine_settings,
    translate_texts,
)
from tasks.translate.terms import find_terms, missing_terms


class TestSetError(ValueError):
    """A test set that cannot be read. The message is one plain line for the user."""

    __test__ = False


@dataclass(frozen=True, slots=True)
class TranslationScores:
    """The result of :func:`evaluate_translation` for one direction.

    ``bleu`` and ``chrf`` go from 0 to 100; a failed translation counts as an empty one. Speed is
    that of the engine with guards and retries, without its start; ``cpu_seconds`` sum over all
    threads. ``terms`` are glossary terms of the sources that stand in the reference too, and
    ``terms_right`` how many of them stand in the translation.
    """

    test_set: str
    direction: str
    sentences: int
    bleu: float
    bleu_signature: str
    chrf: float
    chrf_signature: str
    engine: str
    model: str
    revision: str
    seconds: float
    cpu_seconds: float
    characters_per_second: float
    terms: int
    terms_right: int
    counts: TranslateCounts

    def lines(self) -> list[str]:
        """The result for people."""
        faults = ", ".join(f"{name} {n}" for name, n in self.counts.faults.items()) or "none"
        lines = [
            f"{self.test_set} {self.direction}: {self.sentences} sentences, "
            f"{self.engine} {self.model} ({self.revision})",
            f"  BLEU {self.bleu:.2f}   {self.bleu_signature}",
            f"  chrF {self.chrf:.2f}   {self.chrf_signature}",
            f"  {self.characters_per_second:,.0f} source characters/s, {self.seconds:.1f} s, "
            f"{self.cpu_seconds:.1f} CPU-s",
            f"  retried {self.counts.retried}, failed {self.counts.failed}, faults left: {faults}",
        ]
        if self.terms:
            share = self.terms_right / self.terms
            lines.append(f"  terms right {self.terms_right}/{self.terms} ({share:.1%})")
        return lines


def evaluate_testset(
    path: Path,
    directions: Sequence[Direction],
    *,
    translator: str = "auto",
    engine: EngineName = "auto",
    settings: TranslateSettings | None = None,
    glossary: Glossary | None = None,
    limit: int | None = None,
    write: Path | None = None,
) -> list[TranslationScores]:
    """Find and load a translator and score it in the ``directions`` that it translates.

    With several directions ``write`` gets the direction as a further suffix. Raises
    :class:`TestSetError`, and :class:`models.engines.EngineError` when there is no translator or
    it translates none of the directions.
    """
    read_test_set(path, limit)  # before anything heavy
    settings = settings or TranslateSettings()
    spec = find_engine(translator, engine=engine, settings=engine_settings(settings))
    if spec is None:
        raise EngineError(
            "there is no translation model on this machine; get one with: zhen models pull ID"
        )
    chosen = [direction for direction in directions if direction in spec.directions]
    if not chosen:
        spec.model_for(*directions[0])  # raises
    opened = open_engine(spec)
    rows = []
    for source, target in chosen:
        place = write
        if write is not None and len(chosen) > 1:
            place = write.with_name(f"{write.name}.{source}-{target}")
        rows.append(
            evaluate_translation(
                path,
                opened,
                (source, target),
                settings=settings,
                glossary=glossary,
                limit=limit,
                write=place,
            )
        )
    return rows


def score_records(rows: Sequence[TranslationScores]) -> list[dict[str, Any]]:
    """The rows as plain JSON values."""
    return [asdict(row) for row in rows]


def format_scores(rows: Sequence[TranslationScores]) -> str:
    """The rows for people."""
    return "\n".join(line for row in rows for line in row.lines())


def read_test_set(path: Path, limit: int | None = None) -> list[tuple[str, str]]:
    """The (zh, en) pairs of a TSV file; further columns are not read.

    Raises :class:`TestSetError` naming the line that has no two columns.
    """
    try:
        lines = path.read_bytes().decode("utf-8-sig").split("\n")
    except OSError as error:
        raise TestSetError(f"test set {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise TestSetError(f"test set {path}: not UTF-8") from None
    pairs: list[tuple[str, str]] = []
    for number, line in enumerate(lines, 1):
        if limit is not None and len(pairs) >= limit:
            break
        if not line.strip():
            continue
        cells = line.rstrip("\r").split("\t")
        if len(cells) < 2 or not cells[0].strip() or not cells[1].strip():
            raise TestSetError(f"test set {path}, line {number}: needs two columns, zh and en")
        pairs.append((cells[0].strip(), cells[1].strip()))
    if not pairs:
        raise TestSetError(f"test set {path} is empty")
    return pairs


def evaluate_translation(
    path: Path,
    engine: Engine,
    direction: Direction,
    *,
    settings: TranslateSettings | None = None,
    glossary: Glossary | None = None,
    limit: int | None = None,
    write: Path | None = None,
) -> TranslationScores:
    """Translate a test set in one direction and score it; nothing is taken from a cache.

    ``write`` names a file for the translations, one a line, in the order of the test set. Raises
    :class:`TestSetError`, and :class:`models.engines.EngineError` when the direction is not there.
    """
    pairs = read_test_set(path, limit)
    source, target = direction
    column = 0 if source is Lang.ZH else 1
    texts = [pair[column] for pair in pairs]
    references = [pair[1 - column] for pair in pairs]
    identity = engine.identity(source, target)
    engine.translate(texts[:1], source, target)  # what is loaded late is not timed
    wall, cpu = time.perf_counter(), time.process_time()
    outcomes, counts = translate_texts(
        texts,
        source,
        target,
        engine=engine,
        cache=TranslationCache(),
        settings=settings or TranslateSettings(),
        glossary=glossary,
    )
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    hypotheses = [outcome.text for outcome in outcomes]
    if write is not None:
        _write_lines(write, hypotheses)
    bleu, chrf = _metrics(target)
    bleu_score, chrf_score = (m.corpus_score(hypotheses, [references]) for m in (bleu, chrf))
    terms, right = count_terms(texts, references, outcomes, direction, glossary)
    return TranslationScores(
        test_set=path.stem,
        direction=f"{source}-{target}",
        sentences=len(pairs),
        bleu=round(bleu_score.score, 2),
        bleu_signature=str(bleu.get_signature()),
        chrf=round(chrf_score.score, 2),
        chrf_signature=str(chrf.get_signature()),
        engine=identity.engine,
        model=identity.model,
        revision=identity.revision,
        seconds=round(wall, 2),
        cpu_seconds=round(cpu, 2),
        characters_per_second=round(sum(map(len, texts)) / max(wall, 1e-9), 1),
        terms=terms,
        terms_right=right,
        counts=counts,
    )


def count_terms(
    texts: Sequence[str],
    references: Sequence[str],
    outcomes: Sequence[Outcome],
    direction: Direction,
    glossary: Glossary | None,
) -> tuple[int, int]:
    """Terms that stand in source and reference, and those of them that stand in the translation."""
    source, target = direction
    total = right = 0
    for text, reference, outcome in zip(texts, references, outcomes, strict=True):
        found = find_terms(text, source, glossary)
        missing = {t.zh for t in missing_terms(found, reference, target)}
        wanted = [occurrence for occurrence in found if occurrence.term.zh not in missing]
        kinds = len({occurrence.term.zh for occurrence in wanted})
        total += kinds
        right += kinds - len(missing_terms(wanted, outcome.text, target))
    return total, right


def _metrics(target: Lang) -> tuple[Any, Any]:
    """BLEU for the target language, and chrF. Raises :class:`TestSetError` without sacrebleu."""
    try:
        from sacrebleu.metrics.bleu import BLEU
        from sacrebleu.metrics.chrf import CHRF
    except ImportError:
        raise TestSetError("scores need sacrebleu: install zhen[eval]") from None
    return BLEU(tokenize="zh" if target is Lang.ZH else "13a"), CHRF()


def _write_lines(path: Path, lines: Sequence[str]) -> None:
    part = path.with_name(path.name + ".part")
    part.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    os.replace(part, path)
