import hashlib
import os
import socket
from pathlib import Path

import pytest

from models.records import Quarantine, QuarantineReason
from tasks.read import InputError, InputUnit, ReadSettings, scan
from tasks.read import files as files_module


def write(path: Path, content: bytes | str = "text") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def scanned(*inputs: Path, **settings: object) -> list[InputUnit | Quarantine]:
    return list(scan(inputs, ReadSettings(**settings)))  # type: ignore[arg-type]


def paths(results: list[InputUnit | Quarantine]) -> list[str]:
    return [r.path if isinstance(r, InputUnit) else r.source for r in results]


def refusals(results: list[InputUnit | Quarantine]) -> dict[str, QuarantineReason]:
    return {r.source: r.reason for r in results if isinstance(r, Quarantine)}


def test_files_come_sorted_by_path_with_digest_and_size(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a.html", "a/B/c.docx", "中文.txt", "a-b.txt"):
        write(tmp_path / name, name)
    results = scanned(tmp_path)
    assert paths(results) == sorted(paths(results))
    assert len(results) == 6
    unit = next(r for r in results if isinstance(r, InputUnit) and r.path == "a/z.md")
    assert unit == InputUnit(
        "a/z.md", str(tmp_path / "a/z.md"), "md", hashlib.sha256(b"a/z.md").hexdigest(), 6
    )


def test_the_order_of_a_folder_listing_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for i in range(20):
        write(tmp_path / f"d{i % 3}" / f"{i}.txt", str(i))
    expected = scanned(tmp_path)
    real = os.scandir

    class Reversed:
        def __init__(self, path: str) -> None:
            self.entries = list(real(path))[::-1]

        def __enter__(self) -> list[os.DirEntry[str]]:
            return self.entries

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(os, "scandir", Reversed)
    assert scanned(tmp_path) == expected


def test_a_single_file_shows_under_its_name(tmp_path: Path) -> None:
    assert paths(scanned(write(tmp_path / "deep/x.txt"))) == ["x.txt"]


def test_several_inputs_show_under_names_that_tell_them_apart(tmp_path: Path) -> None:
    write(tmp_path / "a/news/1.txt")
    write(tmp_path / "b/news/1.txt")
    write(tmp_path / "other/2.txt")
    inputs = [tmp_path / "a/news", tmp_path / "b/news", tmp_path / "other"]
    assert paths(scanned(*inputs)) == ["a/news/1.txt", "b/news/1.txt", "other/2.txt"]
    assert scanned(*inputs[::-1]) == scanned(*inputs)


def test_inputs_that_overlap_give_each_file_once(tmp_path: Path) -> None:
    file = write(tmp_path / "in/a.txt")
    assert len(scanned(tmp_path / "in", file, tmp_path / "in")) == 1


@pytest.mark.parametrize("inputs", [[], ["missing"]])
def test_an_input_that_is_not_there_is_an_error_before_the_first_unit(
    tmp_path: Path, inputs: list[str]
) -> None:
    with pytest.raises(InputError) as caught:
        scan([tmp_path / name for name in inputs], ReadSettings())
    assert "\n" not in str(caught.value)


def test_conventional_names_are_no_inputs(tmp_path: Path) -> None:
    for name in (".DS_Store", ".git/config", "a.txt~", "#a.txt#", "~$a.docx", "Thumbs.db"):
        write(tmp_path / name)
    assert scanned(tmp_path) == []
    assert len(scanned(write(tmp_path / ".hidden/a.txt").parent)) == 1  # but when asked for


def test_folders_can_be_left_out(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "corpus/zh.jsonl", '{"text": "x"}')
    results = scan([tmp_path], ReadSettings(), exclude=[tmp_path / "corpus"])
    assert paths(list(results)) == ["a.txt"]


def test_names_that_are_no_utf8_or_break_lines_are_shown_safely(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    for name in (b"caf\xe9.txt", b"a\nb.txt", b"a\\x0ab.txt", "evil\u202etxt.exe.txt".encode()):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(name)
    results = scanned(tmp_path)
    assert paths(results) == sorted(
        ["caf\\xe9.txt", "a\\x0ab.txt", "a\\x5cx0ab.txt", "evil\\u202etxt.exe.txt"]
    )
    for result in results:
        assert isinstance(result, InputUnit)
        assert Path(result.file).read_bytes() == os.fsencode(os.path.basename(result.file))


def test_links_inside_the_root_are_read_once(tmp_path: Path) -> None:
    write(tmp_path / "data/a.txt", "a")
    write(tmp_path / ".store/b", "b")
    (tmp_path / "again.txt").symlink_to("data/a.txt")
    (tmp_path / "also").symlink_to("data")
    (tmp_path / "b.txt").symlink_to(".store/b")
    (tmp_path / "c.txt").symlink_to(".store/b")
    assert paths(scanned(tmp_path)) == ["b.txt", "data/a.txt"]
    assert refusals(scanned(tmp_path, follow_links=False)) == dict.fromkeys(
        ["again.txt", "also", "b.txt", "c.txt"], QuarantineReason.OUTSIDE_ROOT
    )


def test_links_that_leave_the_root_or_go_in_circles_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "secret/key.txt", "secret")
    root = tmp_path / "in"
    write(root / "sub/a.txt")
    (root / "out.txt").symlink_to(tmp_path / "secret/key.txt")
    (root / "outside").symlink_to(tmp_path / "secret")
    (root / "sub/up").symlink_to("..")
    (root / "x").symlink_to("y")
    (root / "y").symlink_to("x")
    (root / "nothing.txt").symlink_to("gone")
    results = scanned(root)
    assert refusals(results) == {
        "out.txt": QuarantineReason.OUTSIDE_ROOT,
        "outside": QuarantineReason.OUTSIDE_ROOT,
        "sub/up": QuarantineReason.OUTSIDE_ROOT,
        "x": QuarantineReason.OUTSIDE_ROOT,
        "y": QuarantineReason.OUTSIDE_ROOT,
        "nothing.txt": QuarantineReason.UNREADABLE,
    }
    assert paths(results) == sorted([*refusals(results), "sub/a.txt"])


def test_folders_that_link_to_each_other_end(tmp_path: Path) -> None:
    write(tmp_path / "a/1.txt", "1")
    write(tmp_path / "b/2.txt", "2")
    (tmp_path / "a/to_b").symlink_to("../b")
    (tmp_path / "b/to_a").symlink_to("../a")
    assert paths(scanned(tmp_path)) == ["a/1.txt", "b/2.txt"]


def test_an_input_that_is_a_link_itself_is_followed(tmp_path: Path) -> None:
    write(tmp_path / "real/a.txt")
    (tmp_path / "link").symlink_to("real")
    assert paths(scanned(tmp_path / "link")) == ["a.txt"]


def test_pipes_sockets_and_devices_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "linked.txt").symlink_to("pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket.txt"))
        results = scanned(tmp_path)
    assert refusals(results) == dict.fromkeys(
        ["linked.txt", "pipe.txt", "socket.txt"], QuarantineReason.NOT_A_FILE
    )
    assert refusals(scanned(Path("/dev/null"))) == {"null": QuarantineReason.NOT_A_FILE}


def test_a_pipe_put_in_the_place_of_a_file_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Between the listing and the opening somebody may swap the file.
    target = write(tmp_path / "a.txt")
    real = os.open

    def swap(path: str, flags: int, *rest: int) -> int:
        if path == str(target):
            target.unlink()
            os.mkfifo(target)
        return real(path, flags, *rest)

    monkeypatch.setattr(files_module.os, "open", swap)
    assert refusals(scanned(tmp_path)) == {"a.txt": QuarantineReason.NOT_A_FILE}


def test_what_may_not_be_read_is_reported_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "locked/b.txt", "c.txt"):
        write(tmp_path / name)
    real_open, real_scandir = os.open, os.scandir

    def refuse_open(path: str, *rest: int) -> int:
        if path.endswith("a.txt"):
            raise PermissionError(13, "Permission denied")
        return real_open(path, *rest)

    def refuse_scandir(path: str) -> object:
        if path.endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return real_scandir(path)

    monkeypatch.setattr(files_module.os, "open", refuse_open)
    monkeypatch.setattr(os, "scandir", refuse_scandir)
    results = scanned(tmp_path)
    assert refusals(results) == dict.fromkeys(["a.txt", "locked/"], QuarantineReason.UNREADABLE)
    assert paths(results) == ["a.txt", "c.txt", "locked/"]
    assert all("Permission denied" in r.detail for r in results if isinstance(r, Quarantine))


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    with open(tmp_path / "huge.txt", "wb") as file:
        file.truncate(5_000_000_000)  # takes no room
    assert refusals(scanned(tmp_path)) == {"huge.txt": QuarantineReason.TOO_LARGE}


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.TXT", b"x", "txt"),
        ("a.text", b"x", "txt"),
        ("a.markdown", b"x", "md"),
        ("a.xhtml", b"x", "html"),
        ("a.ndjson", b"{}", "jsonl"),
        ("README", b"plain words", "txt"),
        ("story.php?id=3", b"\n<!DOCTYPE html><title>x</title>", "html"),
        ("page", b"\xef\xbb\xbf<!-- saved --><html>", "html"),
        ("download", b"%PDF-1.7 ...", "pdf"),
        ("word", b"PK\x03\x04....word/document.xml", "docx"),
        ("a.zip", b"PK\x03\x04....", QuarantineReason.BINARY),
        ("photo.jpeg", b"\xff\xd8\xff\xe0", QuarantineReason.BINARY),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", QuarantineReason.BINARY),
        ("table.csv", b"a,b", QuarantineReason.UNSUPPORTED),
        ("half.html.part", b"<html>", QuarantineReason.UNSUPPORTED),
    ],
)
def test_the_format_comes_from_the_name_or_else_the_first_bytes(
    tmp_path: Path, name: str, content: bytes, expected: str | QuarantineReason
) -> None:
    write(tmp_path / name, content)
    (result,) = scanned(tmp_path)
    assert (result.format if isinstance(result, InputUnit) else result.reason) == expected


def test_the_lines_of_a_jsonl_file_are_units(tmp_path: Path) -> None:
    lines = [b'{"text": "a"}', b"", b'{"text": "\xc2\x85\xe2\x80\xa8\x0b"}', b"  \t ", b'{"x": 1}']
    content = b"\xef\xbb\xbf" + b"\r\n".join(lines[:3]) + b"\n" + b"\n".join(lines[3:])
    file = write(tmp_path / "a.jsonl", content)
    units = scanned(file)
    assert [u.record for u in units if isinstance(u, InputUnit)] == [1, 3, 5]
    for unit in units:
        assert isinstance(unit, InputUnit)
        assert unit.record is not None
        assert unit.offset is not None
        line = content[unit.offset : unit.offset + unit.size]
        assert line == lines[unit.record - 1]
        assert unit.sha256 == hashlib.sha256(line).hexdigest()
        assert (unit.path, unit.format) == ("a.jsonl", "jsonl")


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 1000])
def test_lines_do_not_depend_on_the_size_of_a_chunk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    content = b'{"text": "a"}\r\n\r\r\n\rx\r\r\n{"text": "\xe4\xb8\xad"}\r\n{}'
    file = write(tmp_path / "a.jsonl", content)
    expected = scanned(file)
    monkeypatch.setattr(files_module, "CHUNK", chunk)
    assert scanned(file) == expected


def test_a_line_above_the_limit_is_passed_over(tmp_path: Path) -> None:
    long = b'{"text": "' + b"x" * 5000 + b'"}'
    file = write(tmp_path / "a.jsonl", b'{"text": "1"}\n' + long + b'\n{"text": "2"}\n')
    first, huge, last = scanned(file, max_file_bytes=1000)
    assert isinstance(huge, Quarantine)
    assert (huge.reason, huge.record, huge.byte) == (QuarantineReason.TOO_LARGE, 2, 14)
    assert isinstance(first, InputUnit)
    assert isinstance(last, InputUnit)
    assert (first.record, last.record) == (1, 3)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", QuarantineReason.EMPTY),
        (b"\n \n\r\n", QuarantineReason.EMPTY),
        ('{"text": "x"}'.encode("utf-16"), QuarantineReason.BAD_ENCODING),
    ],
)
def test_a_jsonl_file_without_records_is_reported(
    tmp_path: Path, content: bytes, reason: QuarantineReason
) -> None:
    assert refusals(scanned(write(tmp_path / "a.jsonl", content))) == {"a.jsonl": reason}
