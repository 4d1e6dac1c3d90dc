"""Disturb a run in every way and run again: the same bytes, and finished work is not done again.

The disturbed run brings a published corpus up to date, so that its output folder must be the old
corpus or the new one at every moment, never a mixture.
"""

import errno
import os
import random
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tasks.driver.store import Key, scan_segment, segments
from tests.faults import Act, Driver, Ran, driving, needs_compiler
from tests.pages import ALONE_EN, EN, inbox, tree

pytestmark = [pytest.mark.slow, needs_compiler]

SEED = int(os.environ.get("ZHEN_TEST_SEED") or int.from_bytes(os.urandom(4), "big"))
#: What a run may say of a disk that fails: errors that the user gets in one line.
PLAIN = {"OSError", "StoreError", "CacheError"}
#: Acts that may fail in a run that publishes: they tidy up, make folders that are there, or can be
#: done in another way (a copy for a link).
HARMLESS = {"unlink", "rmdir", "mkdir", "link"}
#: How many acts are made to fail, one run each.
FAULTS = int(os.environ.get("ZHEN_TEST_FAULTS", "60"))


@dataclass(frozen=True)
class Scene:
    """A corpus that is published, and one more run to come that has something to do."""

    top: Path
    driver: Driver
    old: dict[str, bytes]
    new: dict[str, bytes]
    records: int  # in the work store after the undisturbed run
    undisturbed: Ran

    @property
    def folder(self) -> Path:
        return self.top / "new"

    @property
    def out(self) -> Path:
        return self.top / "corpus"

    @property
    def work(self) -> Path:
        return self.top / "corpus.zhen"

    def reset(self) -> None:
        """The old corpus with its work folder, as it was before the run."""
        for place in (self.out, self.work):
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(self.top / "before" / place.name, place)

    def stored(self) -> list[Key]:
        """The keys of all whole records in the work store, one as often as it was written."""
        found = segments(self.work / "work")
        return [key for path in found for key, _ in scan_segment(path)]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    print("ZHEN_TEST_SEED", SEED)  # noqa: T201 - to repeat a failure
    top = tmp_path_factory.mktemp("scene")
    inbox(top / "old")
    extracted = f"<html><body><article><p>{ALONE_EN.replace('frog', 'newt')}</p></article></body>"
    (top / "old" / "newt.html").write_text(extracted, encoding="utf-8")
    with driving(top, top / "old") as driver:
        assert driver.run(top / "old", top / "corpus").status == 0
        old = tree(top / "corpus")
        (top / "before").mkdir()
        for name in ("corpus", "corpus.zhen"):
            shutil.move(top / name, top / "before" / name)
        folder = inbox(top / "new")
        shutil.copy(top / "old" / "newt.html", folder)
        (folder / "heron.txt").write_text(ALONE_EN.replace("frog", "heron"), encoding="utf-8")
        (folder / "bridge.en.txt").write_text(f"{EN} Some do not.", encoding="utf-8")
        (folder / "football.txt").unlink()
        scene = Scene(top, driver, old, {}, 0, Ran(0, {}, 0, (), (), "", 0.0))
        scene.reset()
        undisturbed = driver.run(folder, scene.out)
        assert undisturbed.done == {"ingest": 2, "words": 2, "sign": 2, "align": 1}
        assert any(kind == "link" for kind, _ in undisturbed.acts)  # taken over, not made again
        new = tree(scene.out)
        assert driver.run(folder, top / "fresh").status == 0
        assert tree(top / "fresh") == new != old
        yield Scene(top, driver, old, new, len(scene.stored()), undisturbed)


@contextmanager
def watched(scene: Scene) -> Iterator[None]:
    """A reader that opens the output folder again and again and reads all of it."""
    known = (scene.old, scene.new)
    mixed: list[dict[str, bytes]] = []
    seen = 0
    stop = threading.Event()

    def read() -> None:
        nonlocal seen
        while not stop.is_set():
            try:
                descriptor = os.open(scene.out, os.O_RDONLY)
            except FileNotFoundError:
                continue
            try:
                # What the folder holds belongs together, also after another was put in its place.
                found = {name: _read(descriptor, name) for name in scene.new}
                seen += 1
                if found not in known:
                    mixed.append(found)
            except FileNotFoundError:
                pass  # the replaced folder is being deleted: a reader opens the new one
            finally:
                os.close(descriptor)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield
    finally:
        stop.set()
        reader.join()
    assert seen
    assert not mixed


def _read(folder: int, name: str) -> bytes:
    file = os.open(name, os.O_RDONLY, dir_fd=folder)
    try:
        return b"".join(iter(lambda: os.read(file, 1 << 20), b""))
    finally:
        os.close(file)


def disturbed(scene: Scene, **fault: object) -> Ran:
    """The run with a fault, then once more without: all promises are checked."""
    scene.reset()
    with watched(scene):
        ran = scene.driver.run(scene.folder, scene.out, **fault)  # type: ignore[arg-type]
        if scene.out.exists():  # between two renames there is none for a moment
            assert tree(scene.out) in (scene.old, scene.new), fault
        finished = len(scene.stored())
        again = scene.driver.run(scene.folder, scene.out)
    assert again.status == 0, (fault, again.message)
    assert tree(scene.out) == scene.new, fault
    stored = scene.stored()
    assert len(stored) == len(set(stored)) == scene.records, fault
    assert sum(again.done.values()) == scene.records - finished, fault
    return ran


def test_killed_at_every_stage_boundary(scene: Scene) -> None:
    assert scene.undisturbed.boundaries >= 10
    for boundary in range(1, scene.undisturbed.boundaries + 1):
        assert disturbed(scene, boundary=boundary).killed


@pytest.mark.parametrize("two_renames", [False, True])
def test_killed_at_every_act_of_publication(scene: Scene, two_renames: bool) -> None:
    scene.reset()
    whole = scene.driver.run(scene.folder, scene.out, two_renames=two_renames)
    acts = [kind for kind, _ in whole.acts]
    begin = next(n for n, (_, path) in enumerate(whole.acts) if path.endswith("manifest.json"))
    assert ("rename" if two_renames else "exchange") in acts[begin:]
    for at in range(begin + 1, len(acts) + 1):
        assert disturbed(scene, act=Act.KILL, at=at, two_renames=two_renames).killed, acts[at - 1]


def test_killed_or_torn_at_acts_of_every_other_kind(scene: Scene) -> None:
    acts = scene.undisturbed.acts
    for at in sampled(scene, len(acts), 40):
        what = Act.TEAR if acts[at - 1][0] in ("write", "pwrite") else Act.KILL
        assert disturbed(scene, act=what, at=at).killed, acts[at - 1]


def test_killed_at_random_moments(scene: Scene) -> None:
    chance = random.Random(SEED)
    killed = 0
    for _ in range(25):
        moment = chance.uniform(0, scene.undisturbed.seconds)
        killed += disturbed(scene, kill_after=moment).killed
    assert killed >= 10


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO], ids=["full", "broken"])
def test_every_act_may_fail(scene: Scene, error: int) -> None:
    """A full disk stays full for the rest of the run; a broken sector fails once."""
    acts = scene.undisturbed.acts
    what = Act.FAIL_FROM if error == errno.ENOSPC else Act.FAIL_ONCE
    failed = 0
    for at in sampled(scene, len(acts), FAULTS):
        kind, path = acts[at - 1]
        ran = disturbed(scene, act=what, at=at, error=error)
        if ran.status == 0:
            # Nothing was lost: who holds the lock is only told, and a folder may be there already.
            assert kind in HARMLESS or path.endswith("/lock"), (kind, path)
            continue
        failed += 1
        assert set(ran.error) & PLAIN, (kind, path, ran.error, ran.message)
    assert failed >= FAULTS // 2


def test_nothing_that_could_not_be_tidied_up_is_published(scene: Scene) -> None:
    """Found by chance above: a rest of the parts that a corpus is put together from."""
    acts = scene.undisturbed.acts
    begin = next(n for n, (_, path) in enumerate(acts) if path.endswith("manifest.json"))
    tidying = [n for n, (kind, _) in enumerate(acts[:begin], 1) if kind in ("unlink", "rmdir")]
    assert len(tidying) > 20
    for at in tidying[-40:]:  # the last of them empty the folder of the parts
        disturbed(scene, act=Act.FAIL_ONCE, at=at, error=errno.EIO)


def sampled(scene: Scene, acts: int, most: int) -> list[int]:
    """Numbers of acts: one of each kind in each sort of file, and by chance up to ``most``."""
    chance = random.Random(SEED)
    first: dict[tuple[str, str], int] = {}
    for number, (kind, path) in enumerate(scene.undisturbed.acts, 1):
        name = Path(path).name
        first.setdefault((kind, name if not name.isdigit() else "part"), number)
    chosen = set(chance.sample(sorted(first.values()), min(most, len(first))))
    rest = [number for number in range(1, acts + 1) if number not in chosen]
    return sorted(chosen | set(chance.sample(rest, max(0, most - len(chosen)))))


def test_killed_at_every_act_of_the_cleaning_that_follows(scene: Scene) -> None:
    """Results that the old corpus was made of are dropped, and never one of the new."""
    scene.reset()
    whole = scene.driver.run(scene.folder, scene.out, tidy=True)
    acts = [kind for kind, _ in whole.acts]
    needed = set(scene.stored())
    assert 0 < len(needed) < scene.records
    begin = acts.index("exchange")
    assert len(acts) - begin > 15
    for at in range(begin + 1, len(acts) + 1):
        scene.reset()
        assert scene.driver.run(scene.folder, scene.out, act=Act.KILL, at=at, tidy=True).killed
        assert set(scene.stored()) >= needed, acts[at - 1]
        again = scene.driver.run(scene.folder, scene.out, tidy=True)
        assert (again.status, again.done) == (0, {}), acts[at - 1]
        assert tree(scene.out) == scene.new
        assert sorted(scene.stored()) == sorted(needed), acts[at - 1]


def test_a_clock_set_back_changes_nothing(scene: Scene) -> None:
    for clock in (-10 * 365 * 86400, 10 * 365 * 86400):
        assert disturbed(scene, clock=clock).status == 0


def test_nothing_is_done_to_the_input(scene: Scene) -> None:
    ran = scene.driver.run(scene.folder, scene.top / "elsewhere", below=scene.folder)
    assert ran.status == 0
    assert ran.acts == ()
