"""What is tried for one sentence, in order, and which of the answers is taken.

The plain translation is taken when nothing is wrong with it. When a glossary term is missing, the
term is protected; when the answer loops, is empty or lost something, the search is changed, then
the sentence is cut at a clause end and translated in parts. The best answer is taken: the fewest
fatal faults, then the fewest missing terms, then the fewest other faults, then the earliest. Terms
that are missing even then are forced in (:mod:`tasks.translate.forced`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from models.engines import Decoding, EngineNote, Translation
from models.engines.windows import join_parts, split_window
from models.glossary import Occurrence
from models.records import Lang
from tasks.translate.guards import FATAL, Fault, find_faults
from tasks.translate.terms import Protected, missing_terms, restored, switched, with_placeholders


@dataclass(frozen=True, slots=True)
class Job:
    """One sentence to translate, with the glossary terms that stand in it."""

    text: str
    source: Lang
    target: Lang
    found: tuple[Occurrence, ...] = ()


@dataclass(frozen=True, slots=True)
class Attempt:
    """One thing to try: what the engine is given, and with which search (None: its own).

    ``prefix`` is what the translation has to begin with; the source is then whole.
    """

    parts: tuple[str, ...]
    decoding: Decoding | None = None
    protected: Protected | None = None
    prefix: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One judged answer. ``missing`` are preferred renderings of terms that are not in it.

    ``settled`` is false when the engine was silent on the way to it: another run might do better.
    """

    text: str
    score: float | None
    faults: tuple[Fault, ...]
    missing: tuple[str, ...] = ()
    settled: bool = True

    @property
    def fatal(self) -> bool:
        """Whether it is no translation at all."""
        return any(fault in FATAL for fault in self.faults)

    def badness(self) -> tuple[int, int, int]:
        """Smaller is better."""
        fatal = sum(fault in FATAL for fault in self.faults)
        return fatal, len(self.missing), len(self.faults)

    def or_better(self, other: "Answer") -> "Answer":
        """The better of the two, this one when they are as good; settled when both are."""
        better = other if other.badness() < self.badness() else self
        return replace(better, settled=self.settled and other.settled)


_CLAUSE_END = frozenset("。！？!?…；;：:，、,.—”’」』）)")

#: Searches that break a loop or find an end.
_OTHER_SEARCHES = (
    Decoding(beam=5, repetition_penalty=1.3, no_repeat_ngram=4),
    Decoding(beam=1, repetition_penalty=1.1, no_repeat_ngram=3),
)


def attempts(
    job: Job, last: Answer, placeholders: Sequence[str], protect: bool
) -> Iterator[Attempt]:
    """What to try after the plain translation ``last``, best first."""
    if last.missing and protect:
        if placeholders:
            guarded = with_placeholders(job.text, job.found, job.target, placeholders)
            yield Attempt((guarded.text,), None, guarded)
        exchanged = switched(job.text, job.found, job.target)
        yield Attempt((exchanged.text,), None, exchanged)
    if any(fault is not Fault.TERMS for fault in last.faults):
        for decoding in _OTHER_SEARCHES:
            yield Attempt((job.text,), decoding)
        parts = _halves(job.text)
        if len(parts) > 1:
            yield Attempt(parts)


def _halves(text: str) -> tuple[str, ...]:
    """A sentence cut at clause ends into parts of at most about two thirds of its length; whole
    when it has no clause end near its middle.
    """
    room = max(8, 2 * len(text) // 3)
    parts = tuple(split_window(text, lambda part: len(part) <= room))
    return parts if all(part.rstrip()[-1:] in _CLAUSE_END for part in parts[:-1]) else (text,)


def judge(job: Job, attempt: Attempt, answers: Sequence[Translation]) -> Answer:
    """Put the engine's answers to one attempt together and look for faults."""
    text = join_parts([_one_line(answer.text) for answer in answers], job.target)
    scores = [answer.score for answer in answers if answer.score is not None]
    notes = {note for answer in answers for note in answer.flags if note is EngineNote.TRUNCATED}
    score = round(sum(scores) / len(scores), 4) if scores else None
    if attempt.protected is not None:
        whole = restored(attempt.protected, text, job.target)
        if whole is None:
            return Answer(text, score, (Fault.PLACEHOLDER,))
        text = whole
    if any(not _one_line(answer.text) for answer in answers):
        return Answer(text, score, (Fault.EMPTY,))
    faults = find_faults(
        job.text, Translation(text, score, tuple(sorted(notes))), job.source, job.target
    )
    missing = missing_terms(job.found, text, job.target)
    if missing:
        faults.append(Fault.TERMS)
    return Answer(text, score, tuple(faults), tuple(term.preferred(job.target) for term in missing))


def _one_line(text: str) -> str:
    """Without control characters, and with every kind of blank or line end as one blank."""
    return " ".join("".join(c for c in text if c.isspace() or c.isprintable()).split())
