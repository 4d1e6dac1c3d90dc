"""Jobs through the engine: every attempt, many jobs at a time, whatever the engine does."""

from collections.abc import Iterator, Sequence

from models.engines import Decoding, Engine, EngineError, PrefixEngine, Translation
from models.records import Lang
from tasks.translate.attempts import Answer, Attempt, Job, attempts, judge
from tasks.translate.forced import SEARCH, best_forced, openings
from tasks.translate.guards import Fault
from tasks.translate.settings import TranslateSettings

#: So many sentences in a row without an answer, and the engine counts as dead.
_DEAD_AFTER = 3

#: A text and what its translation has to begin with.
_Asked = tuple[str, str | None]


class Runner:
    """Takes jobs through their attempts, many at a time, so the engine gets full batches."""

    def __init__(self, engine: Engine, settings: TranslateSettings):
        self._engine = engine
        self._settings = settings
        self._silent = 0

    def run(self, jobs: Sequence[Job]) -> tuple[list[Answer], int]:
        """The best answers to the jobs, and how many needed more than one attempt."""
        plain = [Attempt((job.text,)) for job in jobs]
        best = self._try(jobs, plain)
        waiting: dict[int, Iterator[Attempt]] = {}
        for index, (job, answer) in enumerate(zip(jobs, best, strict=True)):
            if answer.faults and Fault.ENGINE not in answer.faults:
                waiting[index] = attempts(
                    job, answer, self._engine.placeholders, self._settings.protect_terms
                )
        retried = len(waiting)
        while waiting:
            turn: list[tuple[int, Attempt]] = []
            for index in list(waiting):
                attempt = next(waiting[index], None)
                if attempt is None:
                    del waiting[index]
                else:
                    turn.append((index, attempt))
            answers = self._try([jobs[index] for index, _ in turn], [a for _, a in turn])
            for (index, _), answer in zip(turn, answers, strict=True):
                best[index] = best[index].or_better(answer)
                if not best[index].faults:
                    waiting.pop(index, None)
        if self._settings.protect_terms and isinstance(self._engine, PrefixEngine):
            self._force_terms(jobs, best)
        return best, retried

    def _force_terms(self, jobs: Sequence[Job], best: list[Answer]) -> None:
        """Force terms that are still missing into the best answers, one term after the other.

        Every turn either brings an answer nearer to all its terms or is its last.
        """
        waiting = [i for i, answer in enumerate(best) if answer.missing and not answer.fatal]
        for whole in (False, True):
            stuck: list[int] = []
            while waiting:
                waiting, hopeless = self._force_turn(jobs, best, waiting, whole)
                stuck += hopeless
            waiting = stuck

    def _force_turn(
        self, jobs: Sequence[Job], best: list[Answer], waiting: Sequence[int], whole: bool
    ) -> tuple[list[int], list[int]]:
        """One more term for each of ``waiting``; who still misses others, and who is stuck."""
        tries = [
            (index, Attempt((jobs[index].text,), SEARCH, prefix=opening))
            for index in waiting
            for opening in openings(jobs[index], best[index], whole=whole)
        ]
        answers = self._try([jobs[index] for index, _ in tries], [attempt for _, attempt in tries])
        forced: dict[int, list[Answer]] = {index: [] for index in waiting}
        for (index, _), answer in zip(tries, answers, strict=True):
            forced[index].append(answer)
        further: list[int] = []
        stuck: list[int] = []
        for index, found in forced.items():
            before = len(best[index].missing)
            best[index] = best_forced(best[index], found)
            left = len(best[index].missing)
            if left:
                (further if left < before else stuck).append(index)
        return further, stuck

    def _try(self, jobs: Sequence[Job], tries: Sequence[Attempt]) -> list[Answer]:
        """One attempt for each job; those with the same search go to the engine together."""
        answers: list[Answer | None] = [None] * len(jobs)
        groups: dict[tuple[Decoding | None, bool], list[int]] = {}
        for index, attempt in enumerate(tries):
            groups.setdefault((attempt.decoding, attempt.prefix is None), []).append(index)
        for (decoding, _), members in groups.items():
            flat = [(part, tries[i].prefix) for i in members for part in tries[i].parts]
            first = jobs[members[0]]
            found = iter(self._ask(flat, first.source, first.target, decoding))
            for index in members:
                parts = [next(found) for _ in tries[index].parts]
                given = [part for part in parts if part is not None]
                answers[index] = (
                    judge(jobs[index], tries[index], given)
                    if len(given) == len(parts)
                    else Answer("", None, (Fault.ENGINE,), settled=False)
                )
        return [answer for answer in answers if answer is not None]

    def _ask(
        self, texts: list[_Asked], source: Lang, target: Lang, decoding: Decoding | None
    ) -> list[Translation | None]:
        """The engine's answers; None for a text it has no answer to, even when asked alone."""
        answers = self._call(texts, source, target, decoding)
        if answers is not None:
            self._silent = 0
            return list(answers)
        # Completions of one sentence stay together: they are one silence, not a dozen.
        borders = [i for i in range(1, len(texts)) if texts[i][0] != texts[i - 1][0]]
        if not borders:
            self._silent += 1
        if not borders or self._silent >= _DEAD_AFTER:
            return [None] * len(texts)
        middle = min(borders, key=lambda border: abs(2 * border - len(texts)))
        return [
            *self._ask(texts[:middle], source, target, decoding),
            *self._ask(texts[middle:], source, target, decoding),
        ]

    def _call(
        self, texts: list[_Asked], source: Lang, target: Lang, decoding: Decoding | None
    ) -> list[Translation] | None:
        if self._silent >= _DEAD_AFTER:
            return None
        plain = [text for text, _ in texts]
        prefixes = [prefix for _, prefix in texts if prefix is not None]
        try:
            if prefixes and isinstance(self._engine, PrefixEngine):
                answers = self._engine.complete(plain, prefixes, source, target, decoding=decoding)
            else:
                answers = self._engine.translate(plain, source, target, decoding=decoding)
        except (EngineError, RuntimeError, ValueError, MemoryError, OSError):
            return None
        whole = len(answers) == len(texts) and all(isinstance(a.text, str) for a in answers)
        return answers if whole else None
