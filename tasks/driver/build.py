"""The plain driver: the whole way from a folder of documents to a published corpus.

``run(plan, executor)`` does everything; a Prefect flow, the command line, tests and kill tests
differ in the executor they give, never in the bytes that come out. What is to be done is decided
from content hashes before anything heavy is loaded.
"""

import logging
import os
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from models.manifest import Summary
from tasks.driver.catalogue import Catalogue, CataloguedUnit, catalogue, mark_copies
from tasks.driver.changes import remember_inputs
from tasks.driver.cleaning import Dropped, remember_references
from tasks.driver.clock import StageClock, StageTimes
from tasks.driver.collector import collecting_seldom
from tasks.driver.documents import (
    ShardResult,
    UnitShard,
    UnitTask,
    decode_entry,
    process_units,
    unit_keys,
)
from tasks.driver.emission import (
    count_documents,
    documents_of,
    items_of,
    total_ledger,
    write_quarantine,
)
from tasks.driver.executors import Executor, shards
from tasks.driver.executors.stopping import stop_if_asked
from tasks.driver.finish import emission_basis, finish_folder
from tasks.driver.former import find_former, forget_contents
from tasks.driver.keeping import DEFAULT_KEEPING, Keeping
from tasks.driver.lock import locked
from tasks.driver.machine import (
    CACHE_FILE,
    MachineShard,
    machine_tasks,
    process_machine,
    with_machine_sides,
)
from tasks.driver.pairs import PairShard, PairTask, pair_keys, process_pairs
from tasks.driver.plan import Plan, remember
from tasks.driver.publish import check_target, drop_built, publish, recover
from tasks.driver.store import Key, WorkStore, is_url
from tasks.driver.upkeep import tidy_up
from tasks.emit.joining import DamagedError
from tasks.ingest import LedgerError
from tasks.pair import KnownPairs, read_pairs_file
from tasks.translate import TranslationCache

log = logging.getLogger("zhen")

T = TypeVar("T")
S = TypeVar("S", UnitShard, MachineShard, PairShard)

#: Called with (stage, done, in all): documents, then articles to translate, then pairs to align; of
#: a stage that is one step, 1.
Progress = Callable[[str, int, int], None]


class NothingToPublishError(Exception):
    """There is no document to make a corpus of."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did: the counts of the corpus, results made by stage, results that were there
    already by stage, the cost, ``notes``: known pairs that could not be taken, a line each, and the
    bytes of former results that were dropped.
    """

    summary: Summary
    done: dict[str, int]
    reused: dict[str, int]
    times: StageTimes
    seconds: float
    notes: tuple[str, ...] = ()
    dropped_bytes: int = 0


def run(
    plan: Plan,
    executor: Executor,
    progress: Progress | None = None,
    *,
    wait: float = 0.0,
    keeping: Keeping = DEFAULT_KEEPING,
) -> Outcome:
    """Do what ``plan`` says and publish the corpus folder; ``wait`` so many seconds at the most for
    another run to let go of it. ``keeping`` says what stays in the work store.

    Raises NothingToPublishError (no input), LockedError (another run is at work on OUT),
    ForeignFolderError (OUT holds something else), and OSError when the disk does not take what is
    written; the published folder is then the former one, whole.
    """
    if not plan.units and not plan.refused:
        names = ", ".join(str(path) for path in plan.inputs)
        raise NothingToPublishError(f"no documents in {names}")
    start = time.perf_counter()
    check_target(plan.out)  # before anything is made beside it
    with locked(plan.work, wait):
        recover(plan.out, plan.work)
        try:
            with collecting_seldom():
                outcome = _Run(plan, executor, progress or (lambda *_: None), keeping).outcome()
        except OSError as error:
            error.filename = _placed(error.filename, plan.work)
            raise
    return replace(outcome, seconds=time.perf_counter() - start)


def _placed(name: object, work: Path) -> str:
    """Where a write failed. The system names no file when one that is open cannot be written, and
    only the last part of a name when a folder is emptied; all that is written lies in ``work``.
    """
    if name is None:
        return str(work)
    text = os.fsdecode(name) if isinstance(name, str | bytes) else str(name)
    return text if os.path.isabs(text) else f"{work} ({text})"


class _Run:
    """One run: the plan, where it works, and what it has counted so far."""

    def __init__(
        self, plan: Plan, executor: Executor, progress: Progress, keeping: Keeping
    ) -> None:
        self.plan = plan
        self.keeping = keeping
        self.executor = executor
        self.progress = progress
        if not is_url(plan.store):
            Path(plan.store).mkdir(parents=True, exist_ok=True)
        self.clock = StageClock()
        with self.clock.stage("index"):
            self.store = WorkStore(plan.store)
        self.token = f"{time.time_ns():x}"  # names the segments of this run; never in an output
        self.times = StageTimes()
        self.done: dict[str, int] = {}
        self.reused: dict[str, int] = {}
        self.passing = 0  # results that hold for this run only
        self.used: set[Key] = set()  # everything that the corpus is made of

    def outcome(self) -> Outcome:
        units = self._documents()
        found = self._pair(units)
        found = self._translate(found)
        align_keys = self._align(found)
        built = self.plan.work / "next"
        try:
            summary = self._emit(built, found, align_keys)
            stop_if_asked()
            with self.clock.stage("publish"):
                publish(built, self.plan.out, self.plan.work)
        finally:
            drop_built(built, self.plan.work)
        dropped = self._note_and_tidy()
        times = self.times + self.clock.times()
        return Outcome(
            summary, self.done, self.reused, times, 0.0, found.notes, dropped.result_bytes
        )

    def _note_and_tidy(self) -> Dropped:
        """Note what the published corpus was made of, and drop what nobody needs any more.

        What cannot be noted is a warning: the corpus is published.
        """
        work = self.plan.work
        try:
            forget_contents(work, self.plan.out)
            publications = max(1, self.keeping.publications)
            needed = remember_references(work, self.token, self.used, publications)
            remember_inputs(self.plan)
            if not self.passing:  # else the next run has something to try again
                remember(self.plan)
        except OSError as error:
            log.warning(
                "the corpus is published, but that could not be noted (%s): the next run looks at "
                "all results again",
                error,
            )
            return Dropped()
        with self.clock.stage("upkeep"):
            return tidy_up(self.plan, needed, self.store, self.keeping)

    def work(
        self,
        stage: str,
        function: Callable[[S], ShardResult],
        shards: Sequence[S],
        executor: Executor | None = None,
    ) -> None:
        """Run the shards of a stage and take their results into the index."""
        passed, total = 0, sum(len(shard.tasks) for shard in shards)
        self.progress(stage, 0, total)
        results = (executor or self.executor).map(function, shards, stage)
        for shard, result in zip(shards, results, strict=True):
            stop_if_asked()
            self.store.add(result.entries)
            self.times += result.times
            self.passing += result.passing
            for name, count in result.done.items():
                self.done[name] = self.done.get(name, 0) + count
            for warning in result.warnings:
                log.warning("%s", warning)
            passed += len(shard.tasks)
            self.progress(stage, passed, total)

    def count_reused(self, stage: str, count: int) -> None:
        """Count results that were in the work store already."""
        if count:
            self.reused[stage] = self.reused.get(stage, 0) + count

    def sharded(self, items: Sequence[T]) -> list[tuple[T, ...]]:
        """Items in shards for the workers there are."""
        return shards(items, self.plan.shard_size, self.executor.workers)

    def _documents(self) -> list[CataloguedUnit]:
        store, settings = self.store, self.plan.settings
        keyed = list(zip(self.plan.units, unit_keys(self.plan.units, settings), strict=True))
        for _, keys in keyed:
            self.used.update((keys.ingest, keys.lines, keys.entry))
        tasks: list[UnitTask] = []
        taken: set[Key] = set()
        for unit, keys in keyed:
            ingested = store.locate(keys.ingest) if keys.ingest in store else None
            has_lines, has_entry = keys.lines in store, keys.entry in store
            for stage, there in (("ingest", ingested), ("words", has_lines), ("sign", has_entry)):
                self.count_reused(stage, bool(there))
            # The same bytes twice are done once.
            if not (ingested and has_lines and has_entry) and keys.entry not in taken:
                taken.add(keys.entry)
                tasks.append(UnitTask(unit, keys, ingested, has_lines, has_entry))
        self.work(
            "documents",
            process_units,
            [UnitShard(part, store.place, self.token, settings) for part in self.sharded(tasks)],
        )
        with self.clock.stage("catalogue"):
            return [
                CataloguedUnit(unit, keys, decode_entry(store.get(keys.entry)))
                for unit, keys in keyed
            ]

    def _pair(self, units: Iterable[CataloguedUnit]) -> Catalogue:
        self.progress("pair", 0, 1)
        with self.clock.stage("pair"):
            known = read_pairs_file(self.plan.pairs_file) if self.plan.pairs_file else KnownPairs()
            found = catalogue(mark_copies(units), known, self.plan.settings.pair, self.store)
        self.progress("pair", 1, 1)
        return found

    def _translate(self, found: Catalogue) -> Catalogue:
        store, settings = self.store, self.plan.settings
        tasks = machine_tasks(found, settings)
        for task in tasks:
            self.used.update((task.key, task.lines_key))
        open_tasks = [t for t in tasks if not (t.key in store and t.lines_key in store)]
        self.count_reused("translate", len(tasks) - len(open_tasks))
        self.work(
            "translate",
            process_machine,
            [
                MachineShard(
                    part,
                    store.place,
                    self.token,
                    str(self.plan.work / CACHE_FILE),
                    settings,
                )
                for part in self.sharded(open_tasks)
            ],
            # Machines that share no folder do not share the cache of translations either.
            self.executor.here if is_url(store.place) else None,
        )
        if open_tasks:
            with TranslationCache(self.plan.work / CACHE_FILE) as cache:
                cache.shrink(settings.translate.cache_mb * 1_000_000)
        return with_machine_sides(found, tasks, store)

    def _align(self, found: Catalogue) -> dict[str, Key]:
        store, settings = self.store, self.plan.settings
        made = pair_keys(found.pairs, settings)
        keys = {pair.id: key for pair, key in zip(found.pairs, made, strict=True)}
        self.used.update(keys.values())
        tasks = [
            PairTask(pair, keys[pair.id]) for pair in found.pairs if keys[pair.id] not in store
        ]
        self.count_reused("align", len(keys) - len(tasks))
        self.work(
            "align",
            process_pairs,
            [PairShard(part, store.place, self.token, settings) for part in self.sharded(tasks)],
        )
        return keys

    def _emit(self, built: Path, found: Catalogue, align_keys: dict[str, Key]) -> Summary:
        self.progress("emit", 0, 1)
        ledger = total_ledger(found)
        if not ledger.balanced:
            raise LedgerError(f"the counts of this run do not add up: {ledger}")
        with self.clock.stage("emit"):
            counts = count_documents(found, self.plan.refused)
            items = list(items_of(found, align_keys, self.store))
            documents = documents_of(found, self.store)
            former = find_former(self.plan.work, self.plan.out, emission_basis(self.plan))
        for old in (former, None):
            shutil.rmtree(built, ignore_errors=True)
            built.mkdir()
            with self.clock.stage("emit"):
                write_quarantine(built, found, self.plan.refused)
            try:
                summary, times = finish_folder(
                    built,
                    self.plan,
                    counts,
                    items,
                    documents,
                    old,
                    self.executor.here,
                    self.clock,
                )
            except DamagedError as error:
                log.warning("%s since it was published; all files are made anew", error)
                continue
            break
        self.times += times
        self.progress("emit", 1, 1)
        return summary
