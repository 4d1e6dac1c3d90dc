"""The work store keeps whole records and nothing else, whatever happens to its files."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.driver.store import (
    SegmentWriter,
    StoreError,
    WorkStore,
    read_payload,
    stage_key,
    thread_writer,
)

KEYS = [stage_key("test", str(number)) for number in range(3)]


def filled(folder: Path) -> Path:
    folder.mkdir()
    writer = SegmentWriter(folder, "a")
    for number, key in enumerate(KEYS):
        writer.put(key, b"payload %d" % number)
    writer.close()
    return folder / "a.segment"


def test_what_was_put_is_there_for_the_next_run(tmp_path: Path) -> None:
    filled(tmp_path / "work")
    store = WorkStore(tmp_path / "work")
    assert [store.get(key) for key in KEYS] == [b"payload 0", b"payload 1", b"payload 2"]
    assert stage_key("test", "9") not in store


@given(cut=st.integers(0, 200))
def test_a_kill_in_the_middle_of_a_write_costs_that_record_only(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    path = filled(tmp_path_factory.mktemp("torn") / "work")
    whole = path.read_bytes()
    path.write_bytes(whole[:cut])
    store = WorkStore(path.parent)
    record = len(whole) // 3
    assert len(store) == min(cut, len(whole)) // record
    for key in KEYS[: len(store)]:
        assert store.get(key).startswith(b"payload")


def test_zeros_after_a_power_cut_are_no_records(tmp_path: Path) -> None:
    path = filled(tmp_path / "work")
    path.write_bytes(path.read_bytes() + bytes(500))
    assert len(WorkStore(tmp_path / "work")) == 3


def test_a_damaged_payload_is_told_not_given(tmp_path: Path) -> None:
    path = filled(tmp_path / "work")
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    store = WorkStore(tmp_path / "work")
    with pytest.raises(StoreError, match=r"a\.segment: damaged at byte \d+; delete this file"):
        store.get(KEYS[2])
    assert store.get(KEYS[0]) == b"payload 0"


def test_a_writer_answers_with_places_that_can_be_read_at_once(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    writer = thread_writer(str(tmp_path / "work"), "run1")
    place = writer.put(KEYS[0], b"x")
    assert read_payload(place) == b"x"
    assert thread_writer(str(tmp_path / "work"), "run1") is writer
    other = thread_writer(str(tmp_path / "work"), "run2")
    assert other is not writer
    other.put(KEYS[1], b"y")
    assert len(WorkStore(tmp_path / "work")) == 2


def test_keys_do_not_run_together() -> None:
    assert stage_key("a", "bc") != stage_key("ab", "c") != stage_key("a", "b", "c")
