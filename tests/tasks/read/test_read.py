import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.records import Document, Hints, Quarantine, QuarantineReason, SourceFile
from tasks.read import InputUnit, ReadSettings, read, scan
from tasks.read import files as files_module
from tests.tasks.read.helpers import document, read_all, read_bytes, reason
from tests.tasks.read.texts import SIMPLIFIED


def only_unit(path: Path) -> InputUnit:
    (unit,) = scan([path], ReadSettings())
    assert isinstance(unit, InputUnit)
    return unit


def test_a_text_file_is_a_document_as_it_stands(tmp_path: Path) -> None:
    text = "\r\n".join(SIMPLIFIED)
    result = document(read_bytes(tmp_path, "a.txt", b"\xef\xbb\xbf" + text.encode()))
    unit = only_unit(tmp_path / "a.txt")
    assert result == Document(
        SourceFile("a.txt", unit.sha256, unit.size, "txt", None, "utf-8", 1.0, ()),
        text,
        Hints(),
        markdown=False,
        extracted=False,
    )


def test_markdown_is_marked_as_such(tmp_path: Path) -> None:
    result = document(read_bytes(tmp_path, "a.md", "# 标题\n\n正文。".encode()))
    assert (result.text, result.markdown, result.extracted) == ("# 标题\n\n正文。", True, False)


def test_the_guess_of_the_encoding_is_recorded(tmp_path: Path) -> None:
    source = document(read_bytes(tmp_path, "a.txt", "中文".encode("gb18030"))).source
    assert source.encoding == "gb18030"
    assert source.encoding_confidence is not None
    assert 0 < source.encoding_confidence < 1
    assert source.encoding_alternatives


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", b"", QuarantineReason.EMPTY),
        ("a.txt", b"\xef\xbb\xbf \r\n\t", QuarantineReason.EMPTY),
        ("a.docx", b"", QuarantineReason.EMPTY),
        ("a.txt", b"\x89PNG\r\n\x1a\n....", QuarantineReason.BINARY),
        ("a.html", b"\x1f\x8b\x08....", QuarantineReason.BINARY),
        ("a.txt", b"%PDF-1.4 ...", QuarantineReason.BINARY),
        ("a.txt", b"\0" * 500, QuarantineReason.BINARY),
        ("a.txt", bytes(range(128, 256)) * 20, QuarantineReason.BAD_ENCODING),
        ("a.docx", b"no archive", QuarantineReason.UNREADABLE),
        ("a.pdf", b"no pdf", QuarantineReason.UNREADABLE),
        ("a.html", b"<html><body></body></html>", QuarantineReason.NO_TEXT),
        ("a.html", b"   ", QuarantineReason.NO_TEXT),
        ("a.html", b"<div>" * 5000 + b"text", QuarantineReason.UNSAFE),
        ("a.jsonl", b'{"title": "x"}', QuarantineReason.BAD_RECORD),
    ],
)
def test_what_is_no_document_is_refused_with_its_reason(
    tmp_path: Path, name: str, content: bytes, expected: QuarantineReason
) -> None:
    result = read_bytes(tmp_path, name, content)
    assert reason(result) is expected
    assert isinstance(result, Quarantine)
    assert result.source == name
    assert result.sha256 is not None


def test_a_text_above_the_limit_is_refused(tmp_path: Path) -> None:
    limit = ReadSettings(max_document_bytes=30)
    assert document(read_bytes(tmp_path, "a.txt", "十个汉字正好三十字节".encode(), limit))
    for encoding in ("utf-8", "gb18030", "utf-16"):
        content = "十个汉字正好三十字节。".encode(encoding)
        assert reason(read_bytes(tmp_path, "a.txt", content, limit)) is QuarantineReason.TOO_LARGE
    assert reason(read_bytes(tmp_path, "a.txt", b"x" * 500, limit)) is QuarantineReason.TOO_LARGE


def test_twenty_megabytes_on_one_line_are_a_document(tmp_path: Path) -> None:
    content = ("增长" * 3_300_000).encode()
    assert len(document(read_bytes(tmp_path, "a.txt", content)).text) == 6_600_000


@pytest.mark.parametrize("change", ["longer", "shorter", "other"])
def test_a_file_that_changed_since_it_was_scanned_is_refused(tmp_path: Path, change: str) -> None:
    # A document and the digest that its results are kept under must belong together.
    file = tmp_path / "a.txt"
    file.write_text("eight ch")
    unit = only_unit(file)
    file.write_text(
        {"longer": "eight ch and more", "shorter": "eight", "other": "EIGHT CH"}[change]
    )
    assert reason(read(unit, ReadSettings())) is QuarantineReason.UNREADABLE


def test_a_file_that_is_gone_or_swapped_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("text")
    unit = only_unit(file)
    file.unlink()
    assert reason(read(unit, ReadSettings())) is QuarantineReason.UNREADABLE
    (tmp_path / "secret").write_text("text")
    file.symlink_to(tmp_path / "secret")
    assert reason(read(unit, ReadSettings())) is QuarantineReason.UNREADABLE
    file.unlink()
    os.mkfifo(file)
    assert reason(read(unit, ReadSettings())) is QuarantineReason.NOT_A_FILE


def test_an_error_of_the_disk_is_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_text("text")
    unit = only_unit(file)

    def broken(descriptor: int, size: int) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(files_module.os, "read", broken)
    assert reason(read(unit, ReadSettings())) is QuarantineReason.UNREADABLE


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    for name, content in (("a.txt", b"good"), ("b.pdf", b"bad"), ("c.txt", b"good too")):
        (tmp_path / name).write_bytes(content)
    results = read_all(tmp_path)
    assert [isinstance(result, Document) for result in results] == [True, False, True]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    name=st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a.pdf", "a.jsonl", "a", "a.xyz"]),
    start=st.sampled_from(
        [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html><p>", b'{"text": "', b"\xff\xfe"]
    ),
    content=st.binary(max_size=200),
)
def test_no_bytes_make_it_raise(tmp_path: Path, name: str, start: bytes, content: bytes) -> None:
    (tmp_path / name).write_bytes(start + content)
    for result in read_all(tmp_path / name):
        if isinstance(result, Document):
            assert result.text.strip()
            result.text.encode()
        else:
            reason(result)
