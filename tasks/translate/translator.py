"""Sentences through an engine: each once, remembered on disk, judged, tried again, or given up."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from models.engines import Engine, EngineIdentity
from models.glossary import Glossary
from models.records import Flag, Lang
from tasks.translate.attempts import Answer, Job
from tasks.translate.cache import TranslationCache, cache_key, chunks
from tasks.translate.context import Peeled, peel
from tasks.translate.guards import FLAG_OF_FAULT, Fault, needs_translation
from tasks.translate.runner import Runner
from tasks.translate.settings import TranslateSettings
from tasks.translate.terms import find_terms, signature

#: Changes whenever the same engine would be given or judged otherwise: then nothing old is taken.
METHOD = "1"

#: The same for what is done for glossary terms alone.
TERM_METHOD = "2"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one sentence. ``text`` is empty when it failed.

    ``lasting`` is false when the engine gave no answer, be it to a retry: nothing is remembered
    then, and the next run tries again.
    """

    text: str
    score: float | None = None
    faults: tuple[Fault, ...] = ()
    missing: tuple[str, ...] = ()
    lasting: bool = True

    @property
    def failed(self) -> bool:
        """Whether the sentence has no translation."""
        return not self.text

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What a bead with this sentence is to be flagged with."""
        if self.failed:
            return (Flag.TRANSLATION_FAILED,)
        found = {FLAG_OF_FAULT[fault] for fault in self.faults if fault in FLAG_OF_FAULT}
        return tuple(sorted(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslateCounts:
    """What a run of the translator did, in sentences.

    ``sentences`` were asked for, ``unique`` of them differ, ``copied`` had nothing to translate,
    ``cached`` were known, ``translated`` went to the engine and ``retried`` more than once;
    ``failed`` (of ``sentences``) have no translation. ``faults`` counts what is left, by name.
    """

    sentences: int = 0
    unique: int = 0
    copied: int = 0
    cached: int = 0
    translated: int = 0
    retried: int = 0
    failed: int = 0
    faults: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: "TranslateCounts") -> "TranslateCounts":
        names = sorted({*self.faults, *other.faults})
        return TranslateCounts(
            sentences=self.sentences + other.sentences,
            unique=self.unique + other.unique,
            copied=self.copied + other.copied,
            cached=self.cached + other.cached,
            translated=self.translated + other.translated,
            retried=self.retried + other.retried,
            failed=self.failed + other.failed,
            faults={n: self.faults.get(n, 0) + other.faults.get(n, 0) for n in names},
        )


def translate_texts(
    texts: Sequence[str],
    source: Lang,
    target: Lang,
    *,
    engine: Engine,
    cache: TranslationCache,
    settings: TranslateSettings,
    glossary: Glossary | None = None,
) -> tuple[list[Outcome], TranslateCounts]:
    """Translate sentences. What becomes of one depends on that sentence alone.

    Outer quotes and list markers are taken off first and put back, so a sentence that stands
    quoted here and plain there is translated once. Finished sentences are committed to the cache
    in chunks, so a kill costs one chunk. Raises :class:`models.engines.EngineError` only when the
    engine does not know the direction.
    """
    identity = engine.identity(source, target)
    peeled = [peel(text, source, target) for text in texts]
    jobs: dict[bytes, Job] = {}
    keys: list[bytes | None] = []
    for part in peeled:
        if not needs_translation(part.core, source):
            keys.append(None)
            continue
        found = tuple(find_terms(part.core, source, glossary))
        job = Job(part.core, source, target, found)
        key = _key(job, identity, settings)
        jobs.setdefault(key, job)
        keys.append(key)
    done, work = _remembered(jobs, cache)
    retried = 0
    runner = Runner(engine, settings)
    for chunk in chunks(((key, jobs[key]) for key in work), settings.chunk):
        answers, again = runner.run([job for _, job in chunk])
        outcomes = [_outcome(answer) for answer in answers]
        retried += again
        fresh = dict(zip((key for key, _ in chunk), outcomes, strict=True))
        lasting = {key: _write(outcome) for key, outcome in fresh.items() if outcome.lasting}
        stored = cache.put(lasting) if lasting else {}
        done |= {key: _read(stored[key]) if key in stored else fresh[key] for key in fresh}
    results = [
        _wrapped(part, done[key]) if key else Outcome(part.wrap(part.core))
        for part, key in zip(peeled, keys, strict=True)
    ]
    return results, _count(results, keys, len(jobs), len(work), retried)


def _key(job: Job, identity: EngineIdentity, settings: TranslateSettings) -> bytes:
    terms: tuple[str, ...] = ()
    if job.found:
        how = (TERM_METHOD, str(settings.protect_terms))
        terms = (*how, *signature(job.found, job.target))
    return cache_key(job.text, job.source, job.target, identity, METHOD, *terms)


def _remembered(
    jobs: Mapping[bytes, Job], cache: TranslationCache
) -> tuple[dict[bytes, Outcome], list[bytes]]:
    known = cache.get(list(jobs)) if jobs else {}
    done: dict[bytes, Outcome] = {}
    for key, value in known.items():
        try:
            done[key] = _read(value)
        except (ValueError, TypeError, KeyError):
            continue  # written by nobody we know: translate again
    return done, [key for key in jobs if key not in done]


def _wrapped(part: Peeled, outcome: Outcome) -> Outcome:
    return replace(outcome, text=part.wrap(outcome.text))


def _write(outcome: Outcome) -> str:
    value = [outcome.text, outcome.score, list(outcome.faults), list(outcome.missing)]
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _read(value: str) -> Outcome:
    text, score, faults, missing = json.loads(value)
    return Outcome(text, score, tuple(Fault(fault) for fault in faults), tuple(missing))


def _count(
    results: Sequence[Outcome], keys: Sequence[bytes | None], unique: int, new: int, retried: int
) -> TranslateCounts:
    faults: dict[str, int] = {}
    for outcome in results:
        for fault in outcome.faults:
            faults[fault] = faults.get(fault, 0) + 1
    return TranslateCounts(
        sentences=len(results),
        unique=unique,
        copied=sum(key is None for key in keys),
        cached=unique - new,
        translated=new,
        retried=retried,
        failed=sum(outcome.failed for outcome in results),
        faults=dict(sorted(faults.items())),
    )


def _outcome(answer: Answer) -> Outcome:
    if answer.fatal:
        return Outcome("", None, answer.faults, answer.missing, answer.settled)
    return Outcome(answer.text, answer.score, answer.faults, answer.missing, answer.settled)
