"""Disturb a run in every way and run again: the same bytes, and finished work is not done again.

The disturbed run brings a published corpus up to date, so that its output folder must be the old
corpus or the new one at every moment, never a mixture.
"""

import os
import random
from collections.abc import Iterator

import pytest

from tests.faults import Act, Scene, disturbed, needs_compiler, published_corpus
from tests.pages import tree

pytestmark = [pytest.mark.slow, needs_compiler, pytest.mark.timeout(600)]

SEED = int(os.environ.get("ZHEN_TEST_SEED") or int.from_bytes(os.urandom(4), "big"))


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    print("ZHEN_TEST_SEED", SEED)  # noqa: T201 - to repeat a failure
    with published_corpus(tmp_path_factory.mktemp("scene")) as scene:
        yield scene


def test_killed_at_every_stage_boundary(scene: Scene) -> None:
    assert scene.undisturbed.boundaries >= 10
    for boundary in range(1, scene.undisturbed.boundaries + 1):
        assert disturbed(scene, boundary=boundary).killed


@pytest.mark.parametrize("two_renames", [False, True])
def test_killed_at_every_act_of_publication(scene: Scene, two_renames: bool) -> None:
    scene.reset()
    whole = scene.run(two_renames=two_renames)
    acts = [kind for kind, _ in whole.acts]
    begin = next(n for n, (_, path) in enumerate(whole.acts) if path.endswith("manifest.json"))
    assert ("rename" if two_renames else "exchange") in acts[begin:]
    for at in range(begin + 1, len(acts) + 1):
        assert disturbed(scene, act=Act.KILL, at=at, two_renames=two_renames).killed, acts[at - 1]


def test_killed_at_every_act_before_it_and_every_write_torn(scene: Scene) -> None:
    acts = scene.undisturbed.acts
    begin = next(n for n, (_, path) in enumerate(acts) if path.endswith("manifest.json"))
    for at, (kind, path) in enumerate(acts[:begin], 1):
        what = Act.TEAR if kind in ("write", "pwrite") else Act.KILL
        assert disturbed(scene, act=what, at=at).killed, (kind, path)


def test_killed_at_random_moments(scene: Scene) -> None:
    """Moments within the shortest run there was: a machine that others use has slow and fast hours,
    and once most runs were over before they were to be killed.
    """
    chance = random.Random(SEED)
    shortest = scene.undisturbed.seconds
    killed = 0
    for _ in range(200):
        ran = disturbed(scene, kill_after=chance.uniform(0, shortest))
        killed += ran.killed
        if killed == 20:
            break
        if not ran.killed:
            shortest = min(shortest, ran.seconds)
    assert killed == 20


def test_killed_at_every_act_of_the_cleaning_that_follows(scene: Scene) -> None:
    """Results that the old corpus was made of are dropped, and never one of the new."""
    scene.reset()
    whole = scene.run(tidy=True)
    acts = [kind for kind, _ in whole.acts]
    needed = set(scene.stored())
    assert 0 < len(needed) < scene.records
    begin = acts.index("exchange")
    assert len(acts) - begin > 15
    for at in range(begin + 1, len(acts) + 1):
        scene.reset()
        assert scene.run(act=Act.KILL, at=at, tidy=True).killed
        assert set(scene.stored()) >= needed, acts[at - 1]
        again = scene.run(tidy=True)
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
