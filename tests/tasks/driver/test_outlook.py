"""What a run would do is what it then does, and finding it out writes nothing."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.config import load_config
from tasks.driver import SerialExecutor, make_plan, run
from tasks.driver.outlook import look_ahead
from tasks.driver.plan import Plan
from tests.models.engines.random_model import write_random_model
from tests.pages import ALONE_EN, EN, inbox, tree

SETTINGS = load_config(environment={}).settings


def plan(top: Path, *flags: str, pairs: Path | None = None) -> Plan:
    settings = load_config(flags=flags, environment={}).settings if flags else SETTINGS
    return make_plan([top / "in"], top / "out", settings, pairs_file=pairs)


def add(top: Path) -> None:
    (top / "in" / "heron.txt").write_text(ALONE_EN.replace("frog", "heron"), encoding="utf-8")


def change(top: Path) -> None:
    (top / "in" / "bridge.en.txt").write_text(EN + " Some do not.", encoding="utf-8")


def remove(top: Path) -> None:
    (top / "in" / "frog.txt").unlink()


def rename(top: Path) -> None:
    (top / "in" / "frog.txt").rename(top / "in" / "toad.txt")


def repeat(top: Path) -> None:
    for number in range(3):
        (top / "in" / f"new{number}.txt").write_text(ALONE_EN + " New.", encoding="utf-8")


@pytest.mark.parametrize("change", [add, change, remove, rename, repeat])
def test_changed_inputs(tmp_path: Path, change: Callable[[Path], None]) -> None:
    inbox(tmp_path / "in")
    run(plan(tmp_path), SerialExecutor())
    change(tmp_path)
    before = tree(tmp_path)
    ahead = look_ahead(plan(tmp_path))
    assert tree(tmp_path) == before
    assert not ahead.up_to_date
    assert ahead.changes
    assert ahead.reasons == ()
    done = run(plan(tmp_path), SerialExecutor()).done
    if ahead.complete:
        assert ahead.work == done
    else:  # the pairs to align show only when the new documents are read
        assert ahead.work == {stage: done[stage] for stage in ("ingest", "words", "sign")}
    assert look_ahead(plan(tmp_path)).up_to_date


@pytest.mark.parametrize("flag", ["align.band=11", "pair.candidates=2", "emit.exports=['tsv']"])
def test_changed_settings(tmp_path: Path, flag: str) -> None:
    inbox(tmp_path / "in")
    run(plan(tmp_path), SerialExecutor())
    ahead = look_ahead(plan(tmp_path, flag))
    assert ahead.reasons == (f"setting {flag.partition('=')[0]}",)
    assert not ahead.changes
    assert ahead.complete
    assert run(plan(tmp_path, flag), SerialExecutor()).done == ahead.work


def test_a_changed_dictionary_and_lexicon_are_named(tmp_path: Path) -> None:
    inbox(tmp_path / "in")
    run(plan(tmp_path), SerialExecutor())
    (tmp_path / "words.txt").write_text("跨江大桥\n", encoding="utf-8")
    ahead = look_ahead(plan(tmp_path, f"words.dictionaries=['{tmp_path / 'words.txt'}']"))
    assert ahead.reasons == ("model dictionaries",)
    assert ahead.work == {"words": 5}


def test_new_pairs_of_a_pairs_file_are_work(tmp_path: Path) -> None:
    inbox(tmp_path / "in")
    run(plan(tmp_path), SerialExecutor())
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("football.txt\tfrog.txt\n", encoding="utf-8")
    assert look_ahead(plan(tmp_path, pairs=pairs)).work == {"align": 1}


def test_before_the_first_run(tmp_path: Path) -> None:
    inbox(tmp_path / "in")
    ahead = look_ahead(plan(tmp_path))
    assert ahead.changes.new == 5
    assert ahead.work == {"ingest": 5, "words": 5, "sign": 5}
    assert ahead.reasons == ("nothing is published yet",)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]


def test_translations_are_counted(tmp_path: Path) -> None:
    random_model = write_random_model(tmp_path / "model")
    inbox(tmp_path / "in")
    run(plan(tmp_path), SerialExecutor())
    asked = plan(tmp_path, f"translate.translator={random_model}")
    ahead = look_ahead(asked)
    assert ahead.work == {"translate": 2, "align": 2}
    assert {reason.split()[0] for reason in ahead.reasons} == {"model"}
    assert run(asked, SerialExecutor()).done == ahead.work
    realigned = plan(tmp_path, f"translate.translator={random_model}", "align.band=11")
    assert look_ahead(realigned).work == {"align": 4}
    assert dataclasses.replace(look_ahead(asked), changes=ahead.changes).up_to_date
