import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.manifest import FileDigest
from models.records import Quarantine, QuarantineReason
from tasks.emit.jsonl import (
    CorpusError,
    digest_file,
    encode_line,
    encode_lines,
    read_lines,
    read_raw,
    write_lines,
    write_raw,
)

LINE = Quarantine("a.txt", QuarantineReason.EMPTY, "nothing in it")
ANY_TEXT = st.text(st.characters(), max_size=30)  # lone surrogates too
VALID_TEXT = st.text(max_size=30)


@given(st.lists(VALID_TEXT, max_size=5))
def test_records_come_back(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("j") / "quarantine.jsonl"
    records = [replace(LINE, detail=text) for text in texts]
    write_lines(path, records)
    assert list(read_lines(path, Quarantine)) == records


@given(ANY_TEXT)
def test_every_line_reader_sees_one_line(text: str) -> None:
    """U+2028 and U+0085 are ends of a line for str.splitlines, not for a file opened as text."""
    line = encode_line(replace(LINE, detail=text)).decode("utf-8")
    assert line.splitlines() == [line]
    expected = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    assert json.loads(line)["detail"] == expected


def test_a_lone_surrogate_keeps_its_place() -> None:
    """A JSONL input can hold one as an escape; positions after it must stay true."""
    line = json.loads(encode_line({"text": "a\ud83d\ude00b", "n": 0.5, "list": [None, True]}))
    assert line == {"text": "a\ufffd\ufffdb", "n": 0.5, "list": [None, True]}


@given(st.lists(ANY_TEXT, max_size=5))
def test_lines_together_are_the_lines_one_by_one(texts: list[str]) -> None:
    records = [replace(LINE, detail=text) for text in texts]
    assert encode_lines(records) == b"".join(encode_line(record) + b"\n" for record in records)


@pytest.mark.parametrize("odd", ["\u2028", "\u2029", "\x85", "\ud800", "\n"])
def test_one_odd_line_among_others(odd: str) -> None:
    lines = encode_lines([LINE, replace(LINE, detail=f"a{odd}b"), LINE])
    assert len(lines.decode("utf-8").splitlines()) == 3


def test_table_order_does_not_show() -> None:
    assert encode_line({"b": 1, "a": 2}) == encode_line({"a": 2, "b": 1})


def test_digest_is_that_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "quarantine.jsonl"
    digest = write_lines(path, [LINE, LINE])
    data = path.read_bytes()
    assert digest == FileDigest(2, hashlib.sha256(data).hexdigest(), len(data))
    assert digest_file(path) == digest
    assert write_lines(path, []) == digest_file(path)


def test_only_line_files_have_a_count(tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text("a\nb\n")
    assert digest_file(tmp_path / "report.html").count is None


def test_raw_chunks_hold_any_number_of_lines(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    assert write_raw(path, [b"1\n2\n", b"", b"3\n"]).count == 3
    assert list(read_raw(path)) == [b"1\n", b"2\n", b"3\n"]
    with pytest.raises(ValueError, match="ends inside a line"):
        write_raw(path, [b"1\n2"])


def test_bad_lines_are_named(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    good = encode_line(LINE) + b"\n"
    cases = {
        good + b"{}\n": "x.jsonl, line 2: Object missing required field",
        good + b"{\n": "x.jsonl, line 2: ",
        good + b'{"source":"\xff"}\n': "x.jsonl, line 2: ",
        good + good[:-1]: "x.jsonl, line 2: the file breaks off",
        b"\n" + good: "x.jsonl, line 1: ",
    }
    for data, message in cases.items():
        path.write_bytes(data)
        with pytest.raises(CorpusError, match=message):
            list(read_lines(path, Quarantine))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"absent\.jsonl: No such file"):
        list(read_lines(tmp_path / "absent.jsonl", Quarantine))


def test_skipped_lines_are_not_decoded(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"not json\n" + encode_line(LINE) + b"\n{\n")
    lines = read_lines(path, Quarantine, skip=1)
    assert next(lines) == LINE
    with pytest.raises(CorpusError, match="line 3"):
        next(lines)
