"""A disk that refuses, at every act of a run on it: a clear line, nothing half-published, and the
next run ends as if nothing had been.

The runs are those of the command line: a first one with translation, and one that brings a
published corpus up to date.
"""

import errno
import re
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial

import pytest

from tests.faults import (
    Act,
    Ran,
    Scene,
    disturbed,
    needs_compiler,
    nothing_published,
    published_corpus,
)
from tests.models.engines.random_model import write_random_model
from tests.pages import tree

pytestmark = [pytest.mark.slow, needs_compiler, pytest.mark.timeout(1800)]

#: Acts that take room; the others a full disk still allows.
TAKE_ROOM = {"write", "pwrite", "writev", "create", "mkdir"}
#: Acts that tidy up; an update has them all.
TIDY = {"unlink", "rmdir"}


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Scene]]:
    model = write_random_model(tmp_path_factory.mktemp("model") / "model")
    with ExitStack() as stack:
        yield {
            "first run": stack.enter_context(
                nothing_published(tmp_path_factory.mktemp("first"), model)
            ),
            "update": stack.enter_context(published_corpus(tmp_path_factory.mktemp("update"))),
        }


def check_told(scene: Scene, where: object, ran: Ran) -> None:
    """What a run whose disk failed says."""
    told = ran.told.removesuffix("\n").split("\n")
    assert "Traceback" not in ran.told, (where, ran.told)
    if ran.status == 0:
        assert tree(scene.out) == scene.new
        # Records and logs are given up with a warning; what was tidied up may go without a word.
        assert all(re.match(r"[\d:]+ warning |zhen: the log of|$", line) for line in told), where
        return
    assert ran.status == 1, (where, ran.told)
    assert told[-1].startswith("zhen: "), (where, ran.told)
    assert str(scene.work) in told[-1] or str(scene.out) in told[-1], (where, ran.told)
    assert "nothing was published" in told[-1] or "translation cache" in told[-1], (where, ran.told)
    assert tree(scene.out) == scene.old if scene.old else not scene.out.exists(), where


@pytest.mark.parametrize("which", ["first run", "update"])
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO], ids=["full", "broken"])
def test_every_act_may_fail(scenes: dict[str, Scene], which: str, error: int) -> None:
    """A full disk stays full for the rest of the run; a broken sector fails once."""
    scene = scenes[which]
    scene.reset()
    acts = scene.run(command=True).acts
    what = Act.FAIL_FROM if error == errno.ENOSPC else Act.FAIL_ONCE
    assert len(acts) > 200
    for at, (kind, path) in enumerate(acts, 1):
        if error == errno.ENOSPC and kind not in TAKE_ROOM:
            continue
        if which == "first run" and kind in TIDY:
            continue
        check = partial(check_told, scene, (kind, path))
        ran = disturbed(scene, check, act=what, at=at, error=error, command=True)
        assert len(ran.acts) >= at, (kind, path)


def test_every_act_after_the_publication_may_fail(scenes: dict[str, Scene]) -> None:
    """Also of the cleaning that follows: the corpus is published, and nothing that it needs lost."""
    scene = scenes["update"]
    scene.reset()
    acts = [kind for kind, _ in scene.run(tidy=True).acts]
    needed = set(scene.stored())
    assert 0 < len(needed) < scene.records
    begin = acts.index("exchange")
    assert len(acts) - begin > 15
    for at in range(begin + 2, len(acts) + 1):
        scene.reset()
        ran = scene.run(act=Act.FAIL_ONCE, at=at, error=errno.EIO, tidy=True)
        assert (ran.status, tree(scene.out)) == (0, scene.new), (acts[at - 1], ran.message)
        assert set(scene.stored()) >= needed, acts[at - 1]
        again = scene.run(tidy=True)
        assert (again.status, again.done) == (0, {}), acts[at - 1]
        assert tree(scene.out) == scene.new


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO], ids=["full", "broken"])
def test_where_folders_cannot_be_exchanged(scenes: dict[str, Scene], error: int) -> None:
    """Between two renames there is no corpus for a moment; what fails there loses none."""
    scene = scenes["update"]
    scene.reset()
    acts = scene.run(two_renames=True).acts
    what = Act.FAIL_FROM if error == errno.ENOSPC else Act.FAIL_ONCE
    begin = next(n for n, (_, path) in enumerate(acts, 1) if "publishing.json" in path)
    for at in range(begin, begin + 12):
        disturbed(scene, act=what, at=at, error=error, two_renames=True)
    assert any(kind == "rename" for kind, _ in acts[begin + 6 : begin + 11])
