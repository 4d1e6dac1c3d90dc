"""What became of the inputs since the last published run."""

from pathlib import Path

import pytest

from flows.config import load_config
from tasks.driver import SerialExecutor, make_plan, run
from tasks.driver.changes import Changes, _compared, changes_of
from tests.pages import ALONE_EN, inbox

SETTINGS = load_config(environment={}).settings


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ({"a": "1", "b": "2", "c": "3"}, Changes()),
        ({"a": "1", "b": "2", "c": "3", "d": "4"}, Changes(new=1)),
        ({"a": "1", "b": "9", "c": "3"}, Changes(changed=1)),
        ({"a": "1", "c": "3"}, Changes(removed=1)),
        ({"a": "1", "z": "2", "c": "3"}, Changes(moved=1)),
        # A line put in front of a JSONL file: all others move, one is new.
        ({"a": "0", "b": "1", "c": "2", "d": "3"}, Changes(new=1, moved=3)),
        ({"a": "0", "b": "1", "c": "2"}, Changes(new=1, removed=1, moved=2)),
        # Two copies of what was there once: one is new.
        ({"a": "1", "b": "2", "c": "3", "d": "1"}, Changes(new=1)),
        ({}, Changes(removed=3)),
    ],
)
def test_every_input_is_counted_once(now: dict[str, str], expected: Changes) -> None:
    assert _compared({"a": "1", "b": "2", "c": "3"}, now) == expected
    assert len(now) - 3 == expected.new - expected.removed


def test_changes_are_those_since_the_published_run(tmp_path: Path) -> None:
    folder = inbox(tmp_path / "in")

    def changes() -> Changes:
        return changes_of(make_plan([folder], tmp_path / "out", SETTINGS))

    assert changes() == Changes(new=5)
    run(make_plan([folder], tmp_path / "out", SETTINGS), SerialExecutor())
    assert not changes()
    (folder / "heron.txt").write_text(ALONE_EN.replace("frog", "heron"), encoding="utf-8")
    (folder / "page.txt").rename(folder / "leaf.txt")
    (folder / "frog.txt").write_text(ALONE_EN + " It is green.", encoding="utf-8")
    (folder / "football.txt").unlink()
    (folder / "empty.txt").write_bytes(b"")
    assert changes() == Changes(new=2, changed=1, removed=1, moved=1)
