"""A run that is about to be disturbed, what stands there before it, and what must come of it."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from tasks.driver.store import Key, scan_segment, segments
from tests.faults.driving import Driver, Ran, driving
from tests.pages import ALONE_EN, EN, inbox, tree


@dataclass(frozen=True)
class Scene:
    """What is published already (or nothing), and one more run to come that has something to do."""

    top: Path
    driver: Driver
    folder: Path
    translator: Path | None = None
    old: dict[str, bytes] = field(default_factory=dict)
    new: dict[str, bytes] = field(default_factory=dict)
    records: int = 0  # in the work store after the undisturbed run
    undisturbed: Ran = field(default_factory=lambda: Ran(0, {}, 0, (), "", "", 0.0))

    @property
    def out(self) -> Path:
        return self.top / "corpus"

    @property
    def work(self) -> Path:
        return self.top / "corpus.zhen"

    def reset(self) -> None:
        """The old corpus with its work folder, or none, as it was before the run."""
        for place in (self.out, self.work):
            shutil.rmtree(place, ignore_errors=True)
            if self.old:
                shutil.copytree(self.top / "before" / place.name, place)

    def run(self, **fault: object) -> Ran:
        return self.driver.run(
            self.folder,
            self.out,
            translator=self.translator,
            **fault,  # type: ignore[arg-type]
        )

    def stored(self) -> list[Key]:
        """The keys of all whole records in the work store, one as often as it was written."""
        found = segments(self.work / "work")
        return [key for path in found for key, _ in scan_segment(path)]


@contextmanager
def published_corpus(top: Path) -> Iterator[Scene]:
    """A corpus that is published, and inputs of which some were added, changed and removed."""
    old, new = inbox(top / "old"), inbox(top / "new")
    extracted = f"<html><body><article><p>{ALONE_EN.replace('frog', 'newt')}</p></article></body>"
    for folder in (old, new):
        (folder / "newt.html").write_text(extracted, encoding="utf-8")
    (new / "heron.txt").write_text(ALONE_EN.replace("frog", "heron"), encoding="utf-8")
    (new / "bridge.en.txt").write_text(f"{EN} Some do not.", encoding="utf-8")
    (new / "football.txt").unlink()
    with driving(top, old, new) as driver:
        scene = Scene(top, driver, old)
        assert scene.run().status == 0
        (top / "before").mkdir()
        for place in (scene.out, scene.work):
            shutil.copytree(place, top / "before" / place.name)
        scene = _undisturbed(Scene(top, driver, new, old=tree(scene.out)))
        assert scene.undisturbed.done == {"ingest": 2, "words": 2, "sign": 2, "align": 1}
        assert any(kind == "link" for kind, _ in scene.undisturbed.acts)  # taken over
        assert driver.run(new, top / "fresh").status == 0
        assert tree(top / "fresh") == scene.new != scene.old
        yield scene


@contextmanager
def nothing_published(top: Path, translator: Path) -> Iterator[Scene]:
    """No corpus and no work folder yet, and inputs that need all stages, translation too."""
    folder = inbox(top / "in")
    for name in ("page.txt", "football.txt", "frog.txt"):
        (folder / name).unlink()
    (folder / "newt.html").write_text(f"<html><body><p>{ALONE_EN}</p></body></html>", "utf-8")
    (folder / "empty.txt").touch()
    with driving(top, folder) as driver:
        scene = _undisturbed(Scene(top, driver, folder, translator))
        assert scene.undisturbed.done.keys() == {"ingest", "words", "sign", "translate", "align"}
        yield scene


def _undisturbed(scene: Scene) -> Scene:
    scene.reset()
    ran = scene.run()
    assert ran.status == 0, ran.message
    new, records = tree(scene.out), len(scene.stored())
    return Scene(
        scene.top, scene.driver, scene.folder, scene.translator, scene.old, new, records, ran
    )


def disturbed(
    scene: Scene, check: Callable[[Ran], None] = lambda _ran: None, **fault: object
) -> Ran:
    """The run with a fault, then once more without: all promises are checked, and ``check`` is
    called between the two. A reader looks on while the plain driver works.
    """
    scene.reset()
    with nullcontext() if fault.get("command") else watched(scene):
        ran = scene.run(**fault)
        if scene.out.exists():  # between two renames there is none for a moment
            assert tree(scene.out) in (scene.old, scene.new), fault
        else:
            assert not scene.old or fault.get("two_renames"), fault
        check(ran)
        finished = len(scene.stored())
        again = scene.run()
    assert again.status == 0, (fault, again.message)
    assert tree(scene.out) == scene.new, fault
    stored = scene.stored()
    assert len(set(stored)) == scene.records, fault
    if not scene.translator:  # a machine side is two records, and made again when one is missing
        assert len(stored) == scene.records, fault
        assert sum(again.done.values()) == scene.records - finished, fault
    return ran


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
            time.sleep(0.001)  # the run wants the processor, too
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
    assert seen or not scene.old
    assert not mixed


def _read(folder: int, name: str) -> bytes:
    file = os.open(name, os.O_RDONLY, dir_fd=folder)
    try:
        return b"".join(iter(lambda: os.read(file, 1 << 20), b""))
    finally:
        os.close(file)
