"""Cleaning drops what nothing refers to, and nothing else, wherever it is killed."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows import cleaning
from flows.cleaning import clean
from flows.config import load_config
from tasks.driver import Outcome, PoolExecutor, SerialExecutor, make_plan, parts, run
from tasks.driver import cleaning as module
from tasks.driver.cleaning import clean_work
from tasks.driver.lock import LockedError, locked
from tasks.driver.store import SegmentWriter, WorkStore, segments
from tasks.emit.jsonl import CorpusError
from tests.flows.runs.helpers import carry_out, request
from tests.pages import ALONE_EN, inbox, tree

ROOT = Path(__file__).parents[3]
CONFIG = load_config(environment={})


def full(*_: object) -> None:
    """What a full disk says to a write."""
    raise OSError(errno.ENOSPC, "No space left on device")


def build(top: Path, *flags: str) -> Outcome:
    settings = load_config(flags=flags, environment={}).settings
    return run(make_plan([top / "in"], top / "out", settings, shard_size=2), SerialExecutor())


def store(top: Path) -> WorkStore:
    return WorkStore(top / "out.zhen" / "work")


@pytest.fixture(autouse=True)
def own_caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test cleans the caches of the machine it runs on."""
    monkeypatch.setenv("ZHEN_CACHE_DIR", str(tmp_path / "cache"))


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A corpus whose inputs and settings have changed since its first run."""
    inbox(tmp_path / "in")
    build(tmp_path)
    (tmp_path / "in" / "football.txt").unlink()
    (tmp_path / "in" / "frog.txt").write_text(ALONE_EN + " It is green.", encoding="utf-8")
    build(tmp_path, "align.band=11")
    return tmp_path


def test_only_what_the_corpus_was_made_of_is_kept(top: Path) -> None:
    before, corpus = len(store(top)), tree(top / "out")
    done = clean(top / "out", CONFIG)
    # Two documents with three results each, and two alignments with the former settings.
    assert done.results == 8
    assert len(store(top)) == before - 8
    assert 0 < done.result_bytes <= done.before - done.after
    assert tree(top / "out") == corpus
    outcome = build(top, "align.band=11")
    assert outcome.done == {}
    assert outcome.reused == {"ingest": 4, "words": 4, "sign": 4, "align": 2}
    assert tree(top / "out") == corpus
    assert clean(top / "out", CONFIG).results == 0


def test_the_same_result_twice_is_kept_once(tmp_path: Path) -> None:
    inbox(tmp_path / "in")
    build(tmp_path)
    work = tmp_path / "out.zhen" / "work"
    (segment,) = segments(work)
    segment.with_name("0-copy.segment").write_bytes(segment.read_bytes())
    done = clean(tmp_path / "out", CONFIG)
    assert done.results == len(store(tmp_path)) == 17
    assert build(tmp_path).done == {}


def test_work_since_the_last_publication_is_kept(
    top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (top / "in" / "heron.txt").write_text(ALONE_EN.replace("frog", "heron"), encoding="utf-8")

    monkeypatch.setattr(parts, "write_raw", full)
    with pytest.raises(OSError, match="No space left"):
        build(top, "align.band=11")
    monkeypatch.undo()
    assert clean(top / "out", CONFIG).results == 8
    assert build(top, "align.band=11").done == {}


def test_nothing_is_dropped_before_the_first_publication(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox(tmp_path / "in")
    monkeypatch.setattr(parts, "write_raw", full)
    with pytest.raises(OSError, match="No space left"):
        build(tmp_path)
    monkeypatch.undo()
    assert clean(tmp_path / "out", CONFIG).results == 0
    assert build(tmp_path).done == {}


def test_leftovers_of_dead_runs_go(top: Path) -> None:
    work = top / "out.zhen"
    (work / "next" / "exports").mkdir(parents=True)
    (work / "next" / "exports" / "bitext.tsv").write_bytes(b"x" * 1000)
    (work / ".published.json.123.part").write_bytes(b"y" * 500)
    done = clean(top / "out", CONFIG)
    assert done.leftover_bytes == 1500
    assert not (work / "next").exists()
    assert not list(work.glob(".*.part"))


def test_a_publication_that_was_cut_off_is_completed_not_dropped(top: Path) -> None:
    work, corpus = top / "out.zhen", tree(top / "out")
    # What a kill between the two renames leaves, where the system has no exchange.
    (top / "out").rename(work / "next")
    note = f'{{"built": "{work / "next"}", "old": "{work / "replaced"}"}}'
    (work / "publishing.json").write_text(note)
    clean(top / "out", CONFIG)
    assert tree(top / "out") == corpus


@pytest.mark.parametrize("write", range(6))
def test_a_disk_that_takes_nothing_more_loses_nothing(
    top: Path, monkeypatch: pytest.MonkeyPatch, write: int
) -> None:
    real = os.write
    left = write

    def limited(descriptor: int, data: bytes) -> int:
        nonlocal left
        left -= 1
        if left < 0:
            full()
        return real(descriptor, data)

    monkeypatch.setattr(os, "write", limited)
    with locked(top / "out.zhen"), pytest.raises(OSError, match="No space"):
        clean_work(top / "out", top / "out.zhen")
    monkeypatch.undo()
    assert build(top, "align.band=11").done == {}
    assert clean(top / "out", CONFIG).results >= 8


def test_a_kill_between_writing_and_deleting_loses_nothing(
    top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(_: Path) -> None:
        raise Killed

    monkeypatch.setattr(module, "sync_folder", killed)
    with pytest.raises(Killed):
        clean(top / "out", CONFIG)
    monkeypatch.undo()
    assert len(segments(top / "out.zhen" / "work")) == 3
    assert build(top, "align.band=11").done == {}
    clean(top / "out", CONFIG)
    assert len(segments(top / "out.zhen" / "work")) == 1
    assert build(top, "align.band=11").done == {}


@pytest.mark.parametrize("small", [10, 10_000_000])
def test_segments_without_dead_work_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: int
) -> None:
    inbox(tmp_path / "in")
    build(tmp_path)
    monkeypatch.setattr(module, "_SMALL", small)
    before = [(path.name, path.stat().st_ino) for path in segments(tmp_path / "out.zhen" / "work")]
    clean(tmp_path / "out", CONFIG)
    after = [(path.name, path.stat().st_ino) for path in segments(tmp_path / "out.zhen" / "work")]
    assert after == before


def test_a_damaged_result_is_not_copied_but_made_again(tmp_path: Path) -> None:
    inbox(tmp_path / "in")
    build(tmp_path)
    (segment,) = segments(tmp_path / "out.zhen" / "work")
    data = bytearray(segment.read_bytes())
    data[-1] ^= 1
    segment.write_bytes(data + b"torn")  # by a kill: the segment is written anew
    assert clean(tmp_path / "out", CONFIG).results == 1
    assert build(tmp_path).done == {"align": 1}


def test_a_joined_segment_is_closed_when_it_is_large(
    top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_LARGE", 2000)
    clean(top / "out", CONFIG)
    assert len(segments(top / "out.zhen" / "work")) > 2
    assert build(top, "align.band=11").done == {}


def test_a_run_at_work_is_left_alone(top: Path) -> None:
    before = tree(top / "out.zhen")
    with locked(top / "out.zhen"):
        held = tree(top / "out.zhen")
        with pytest.raises(LockedError):
            clean(top / "out", CONFIG)
        assert tree(top / "out.zhen") == held
    assert tree(top / "out.zhen").keys() == before.keys()


def test_where_no_run_has_worked(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="nothing to clean"):
        clean(tmp_path / "out", CONFIG)
    assert list(tmp_path.iterdir()) == []


def test_old_records_and_translations_beyond_the_limit_go(tmp_path: Path) -> None:
    from tasks.translate import TranslationCache

    for _ in range(3):
        folder = tmp_path / "in"
        carry_out(request(folder if folder.exists() else inbox(folder), tmp_path / "out"))
    with TranslationCache(tmp_path / "out.zhen" / "translations.sqlite") as cache:
        cache.put({f"{n}".encode(): "x" * 1000 for n in range(3000)})
    config = load_config(flags=["run.keep_runs=1", "translate.cache_mb=1"], environment={})
    done = clean(tmp_path / "out", config)
    assert done.runs == 2
    assert done.translations > 1500
    assert done.before - done.after > 1_500_000


@pytest.mark.parametrize("torch", [True, False])
def test_old_caches_go_and_those_in_use_stay(
    top: Path, monkeypatch: pytest.MonkeyPatch, torch: bool
) -> None:
    from tasks.driver.versions import library_version

    caches = top / "cache"  # see own_caches
    for path in ("jieba/jieba-0.1.cache", f"jieba/jieba-{library_version('jieba')}.cache",
                 "converted/.converting-old/model.bin", "converted/.converting-now/model.bin",
                 "converted/a--b-1-int8/model.bin", "converted/a--c-1-int8/model.bin",
                 "converted/a--d-1-int8/model.bin"):  # fmt: skip
        (caches / path).parent.mkdir(parents=True, exist_ok=True)
        (caches / path).write_bytes(b"x" * 1000)
    for name, days in ((".converting-old", 2), ("a--c-1-int8", 91), ("a--d-1-int8", 89)):
        used = time.time() - days * 86_400
        os.utime(caches / "converted" / name, (used, used))
    # What cannot be made again stays.
    monkeypatch.setattr(cleaning, "find_spec", lambda name: torch or None)
    assert clean(top / "out", CONFIG).cache_bytes == (3000 if torch else 2000)
    assert sorted(path.parent.name for path in caches.rglob("model.bin")) == [
        ".converting-now", "a--b-1-int8", *([] if torch else ["a--c-1-int8"]), "a--d-1-int8",
    ]  # fmt: skip
    assert len(list((caches / "jieba").iterdir())) == 1


def test_a_run_keeps_its_translations_below_the_limit(tmp_path: Path) -> None:
    from tasks.translate import TranslationCache
    from tests.models.engines.random_model import write_random_model

    inbox(tmp_path / "in")
    with TranslationCache(tmp_path / "out.zhen" / "translations.sqlite") as cache:
        cache.put({f"{n}".encode(): "x" * 1000 for n in range(3000)})
        build(
            tmp_path,
            f"translate.translator={write_random_model(tmp_path / 'model')}",
            "translate.cache_mb=1",
        )
        assert cache.size() <= 1_000_000


@pytest.mark.parametrize("workers", [2])
def test_segments_of_several_workers_are_joined(tmp_path: Path, workers: int) -> None:
    inbox(tmp_path / "in")
    executor = PoolExecutor("threads", workers)
    try:
        run(make_plan([tmp_path / "in"], tmp_path / "out", CONFIG.settings, shard_size=1), executor)
    finally:
        executor.close()
    folder = tmp_path / "out.zhen" / "work"
    SegmentWriter(folder, "0-empty").put(b"0" * 20, b"nobody asks for this")
    assert len(segments(folder)) >= 2
    assert clean(tmp_path / "out", CONFIG).results == 1
    assert len(segments(folder)) == 1
    assert build(tmp_path).done == {}


# Cleans, and dies at the step of the given number: before a write, a sync, a deletion.
DIE = """
import os, pathlib, signal, sys
from flows import cleaning
from flows.cleaning import clean
from flows.config import load_config
left = int(sys.argv[2])
def dying(real):
    def step(*arguments, **options):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **options)
    return step
for name in ("write", "pwrite", "fsync", "ftruncate", "unlink", "rmdir", "replace"):
    setattr(os, name, dying(getattr(os, name)))
clean(pathlib.Path(sys.argv[1]), load_config(environment={}))
"""


@pytest.mark.slow
def test_killed_at_every_step_of_cleaning(
    top: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("kill") / "top"
    for step in range(1, 100):
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(top, place)
        (place / "out.zhen" / "next").mkdir()
        done = subprocess.run([sys.executable, "-c", DIE, place / "out", str(step)], cwd=ROOT)
        # The plan names inputs by the place they are in: it is that of the copy.
        assert build(place, "align.band=11").done == {}
        assert tree(place / "out") == tree(top / "out")
        assert clean(place / "out", CONFIG).before > 0
        assert build(place, "align.band=11").done == {}
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
    assert 10 < step < 99
