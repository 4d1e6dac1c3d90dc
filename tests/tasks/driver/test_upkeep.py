"""Runs keep the work store small by themselves, and never drop what the corpus is made of."""

import logging
from pathlib import Path

import pytest

from flows.config import load_config
from tasks.driver import Outcome, SerialExecutor, make_plan, run, upkeep
from tasks.driver.cleaning import size_of
from tasks.driver.keeping import DEFAULT_KEEPING, Keeping
from tests.pages import ALONE_EN, inbox, tree
from tests.tasks.driver.test_cleaning import full

SETTINGS = load_config(environment={}).settings


@pytest.fixture(autouse=True)
def no_least(monkeypatch: pytest.MonkeyPatch) -> None:
    """The corpora here are too small for the real bound."""
    monkeypatch.setattr(upkeep, "_LEAST", 1)


def publish(top: Path, night: int, **keeping: int) -> Outcome:
    """A run after a document has changed."""
    text = ALONE_EN.replace("240", str(1000 + night))
    (top / "in" / "frog.txt").write_text(text * 40, encoding="utf-8")
    plan = make_plan([top / "in"], top / "out", SETTINGS)
    return run(plan, SerialExecutor(), keeping=Keeping(**keeping))


@pytest.fixture
def top(tmp_path: Path) -> Path:
    inbox(tmp_path / "in")
    return tmp_path


def test_the_store_does_not_grow_from_night_to_night(top: Path) -> None:
    sizes, dropped = [], 0
    for night in range(24):
        outcome = publish(top, night)
        assert outcome.done == {"ingest": 1, "words": 1, "sign": 1} or night == 0
        sizes.append(size_of(top / "out.zhen" / "work"))
        dropped += outcome.dropped_bytes
    assert max(sizes[12:]) <= max(sizes[:12])
    assert dropped > sizes[0]
    (top / "in" / "frog.txt").unlink()
    assert publish(top, 23).done == {}  # the store has all that the corpus is made of


def test_the_last_publications_can_be_had_again_for_nothing(top: Path) -> None:
    for night in range(12):
        publish(top, night, publications=2)
    assert publish(top, 10, publications=2).done == {}
    assert publish(top, 11, publications=2).done == {}
    assert publish(top, 1, publications=2).done["ingest"] == 1


def test_all_results_are_kept_if_that_is_asked_for(top: Path) -> None:
    for night in range(12):
        assert publish(top, night, publications=0).dropped_bytes == 0
    assert publish(top, 3, publications=0).done == {}


def test_beyond_the_limit_only_the_published_corpus_is_kept(
    top: Path, caplog: pytest.LogCaptureFixture
) -> None:
    publish(top, 0, publications=0)
    one = size_of(top / "out.zhen" / "work")
    for night in range(1, 12):
        publish(top, night, publications=0, store_bytes=2 * one)
        assert size_of(top / "out.zhen" / "work") <= 2 * one
    assert not caplog.records
    with caplog.at_level(logging.WARNING, "zhen"):
        assert publish(top, 12, store_bytes=1).dropped_bytes > 0
    assert "all of it belongs to the published corpus" in caplog.text
    assert publish(top, 12).done == {}


def test_the_corpus_is_published_also_when_nothing_can_be_dropped(
    top: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    publish(top, 0)
    with monkeypatch.context() as patch, caplog.at_level(logging.WARNING, "zhen"):
        patch.setattr(upkeep, "clean_work", full)
        outcome = publish(top, 1, store_bytes=1)
    assert "could not be cleaned" in caplog.text
    assert outcome.dropped_bytes == 0
    before = tree(top / "out")
    assert publish(top, 1).done == {}
    assert tree(top / "out") == before


def test_the_settings_are_those_of_the_run() -> None:
    config = load_config(flags=["run.keep_publications=5", "run.work_mb=20"], environment={})
    assert config.run.keeping == Keeping(publications=5, store_bytes=20_000_000)
    assert load_config(environment={}).run.keeping == DEFAULT_KEEPING
