"""Machine counterparts through a whole run: marked everywhere, 1-1, and whatever the engine does."""

import csv
import io
import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pyarrow.parquet as parquet
import pytest

from flows.config import load_config
from models.engines import Engine
from tasks.driver import Outcome, SerialExecutor, make_plan, run
from tests.models.engines.random_model import write_random_model
from tests.pages import inbox, tree
from tests.tasks.translate.fakes import DyingEngine, FakeEngine, copying, empty, looping

#: Runs with an engine that follows a rule, or is killed with the whole process in mid-sentence.
RUN = """
    import os, signal, sys
    from pathlib import Path
    from flows.config import load_config
    from tasks.driver import SerialExecutor, machine, make_plan, run
    from tests.tasks.translate.fakes import FakeEngine, spelled

    folder, out, model, fatal = sys.argv[1:]

    def rule(text, target, decoding):
        if fatal and fatal in text:
            os.kill(os.getpid(), signal.SIGKILL)
        return spelled(text, target)

    machine._engine = lambda spec: FakeEngine(rule)
    flags = [f"translate.translator={model}"]
    settings = load_config(environment={}, flags=flags).settings
    run(make_plan([Path(folder)], Path(out), settings), SerialExecutor())
"""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_random_model(tmp_path_factory.mktemp("m") / "model")


def build(
    engine: Engine, model: Path, folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> Outcome:
    monkeypatch.setattr("tasks.driver.machine._engine", lambda spec: engine)
    settings = load_config(environment={}, flags=[f"translate.translator={model}"]).settings
    return run(make_plan([folder], out, settings), SerialExecutor())


def rows(path: Path) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


@pytest.fixture
def made(tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    outcome = build(FakeEngine(), model, inbox(tmp_path / "in"), tmp_path / "out", monkeypatch)
    assert outcome.done["translate"] == 2
    return tmp_path / "out"


def test_a_machine_side_is_aligned_one_to_one_with_its_source(made: Path) -> None:
    machine = {p["id"]: p for p in rows(made / "pairs.jsonl") if p["how"] == "machine"}
    assert len(machine) == 2
    articles = {a["id"]: a for lang in ("zh", "en") for a in rows(made / f"{lang}.jsonl")}
    beads: dict[str, list] = {}  # type: ignore[type-arg]
    for bead in rows(made / "alignments.jsonl"):
        beads.setdefault(bead["pair"], []).append(bead)
    for name, pair in machine.items():
        for side in ("zh", "en"):
            wanted = [[s["id"]] for s in articles[pair[side]]["sentences"]]
            assert [bead[side] for bead in beads[name]] == wanted
        kinds = [[b["kind"] for b in articles[pair[side]]["blocks"]] for side in ("zh", "en")]
        assert kinds[0] == kinds[1]


def test_machine_text_is_told_in_every_file(made: Path) -> None:
    pairs = {p["id"]: p for p in rows(made / "pairs.jsonl") if p["how"] == "machine"}
    articles = {a["id"]: a for lang in ("zh", "en") for a in rows(made / f"{lang}.jsonl")}
    written: set[str] = set()
    for pair in pairs.values():
        sides = [articles[pair[side]] for side in ("zh", "en")]
        assert sorted(a["origin"]["kind"] for a in sides) == ["machine", "source"]
        (own,) = (a for a in sides if a["origin"]["kind"] == "machine")
        assert {"engine", "model", "revision", "settings"} <= own["origin"].keys()
        assert own["metadata"]["published"] is None
        assert all(s["span"] is None for s in own["sentences"])
        written |= {s["text"] for s in own["sentences"]}
    beads = rows(made / "alignments.jsonl")
    for bead in beads:
        kinds = {bead["zh_origin"]["kind"], bead["en_origin"]["kind"]}
        assert ("machine" in kinds) == (bead["pair"] in pairs)
    exports = made / "exports"
    moses = [(exports / f"bitext.{lang}").read_text("utf-8").split("\n") for lang in ("zh", "en")]
    assert not written & {line for side in moses for line in side}
    apart = [
        (exports / f"bitext.machine.{lang}").read_text("utf-8").split("\n") for lang in ("zh", "en")
    ]
    assert written <= {line for side in apart for line in side}
    marked = {b["id"] for b in beads if b["pair"] in pairs}
    table = list(
        csv.DictReader(
            io.StringIO((exports / "bitext.tsv").read_text("utf-8")),
            delimiter="\t",
            quoting=csv.QUOTE_NONE,
        )
    )
    for row in (*table, *parquet.read_table(exports / "bitext.parquet").to_pylist()):
        origins = {str(row["zh_origin"]), str(row["en_origin"])}
        assert any("machine" in origin for origin in origins) == (row["id"] in marked)
    units = (exports / "bitext.tmx").read_text("utf-8").split("<tu ")[1:]
    for unit in units:
        assert any(name in unit for name in marked) == ("machine" in unit)
    for name in ("README.md", "report.html"):
        assert "machine" in (made / name).read_text("utf-8")


@pytest.mark.parametrize("rule", [empty, looping, copying])
def test_garbage_never_stands_in_a_corpus(
    tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch, rule: object
) -> None:
    engine = FakeEngine(rule)  # type: ignore[arg-type]
    outcome = build(engine, model, inbox(tmp_path / "in"), tmp_path / "out", monkeypatch)
    made = rows(tmp_path / "out" / "alignments.jsonl")
    machine = {p["id"] for p in rows(tmp_path / "out" / "pairs.jsonl") if p["how"] == "machine"}
    failed = [bead for bead in made if bead["pair"] in machine]
    assert failed
    assert outcome.summary.flags["translation_failed"] == len(failed)
    for bead in failed:
        assert "translation_failed" in bead["checks"]["flags"]
        assert "" in (bead["zh_text"], bead["en_text"])
    assert "and so on" not in (tmp_path / "out" / "exports" / "bitext.tsv").read_text("utf-8")


def test_an_engine_that_dies_on_the_way_is_made_up_for_by_the_next_run(
    tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = inbox(tmp_path / "in")
    dying = build(DyingEngine(1), model, folder, tmp_path / "out", monkeypatch)
    assert dying.summary.flags["translation_failed"] > 0
    build(FakeEngine(), model, folder, tmp_path / "out", monkeypatch)
    build(FakeEngine(), model, folder, tmp_path / "whole", monkeypatch)
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")


def test_another_model_redoes_what_it_translated_and_nothing_else(
    tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = inbox(tmp_path / "in")
    build(FakeEngine(), model, folder, tmp_path / "out", monkeypatch)
    assert build(FakeEngine(), model, folder, tmp_path / "out", monkeypatch).done == {}
    other = write_random_model(tmp_path / "other", seed=4)
    outcome = build(FakeEngine(revision="r2"), other, folder, tmp_path / "out", monkeypatch)
    assert outcome.done == {"translate": 2, "align": 2}
    build(FakeEngine(revision="r2"), other, folder, tmp_path / "whole", monkeypatch)
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")


def test_a_run_that_is_killed_in_the_engine_ends_as_if_undisturbed(
    tmp_path: Path, model: Path
) -> None:
    folder = inbox(tmp_path / "in")

    def go(out: str, fatal: str) -> int:
        return subprocess.run(
            [sys.executable, "-c", textwrap.dedent(RUN), folder, tmp_path / out, model, fatal],
            check=False,
        ).returncode

    assert go("out", "three valleys") < 0
    assert not (tmp_path / "out").exists()
    assert go("out", "") == go("whole", "") == 0
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")
