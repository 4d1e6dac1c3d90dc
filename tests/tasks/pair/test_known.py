"""Reading a pairs file."""

from pathlib import Path

import pytest

from tasks.pair import PairRow, PairsFileError, read_pairs_file


def test_paths_and_ids_in_two_columns(tmp_path: Path) -> None:
    file = tmp_path / "pairs.tsv"
    file.write_bytes(
        b"\xef\xbb\xbfzh\ten\r\n# checked by hand\r\n./a b.txt\tc.txt\r\n\r\nx.jsonl:3\t0011223344556677\r\n"
    )
    known = read_pairs_file(file)
    assert known.name == "pairs.tsv"
    assert known.rows == (
        PairRow(3, "a b.txt", "c.txt"),
        PairRow(5, "x.jsonl:3", "0011223344556677"),
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a.txt b.txt\n", r"pairs\.tsv:1: expected two documents with one tab between them"),
        (b"a\tb\nc\td\te\n", r"pairs\.tsv:2: expected two documents"),
        (b"a\t\n", r"pairs\.tsv:1: expected two documents"),
        (b"a\tb\nb\tc\n", r"pairs\.tsv:2: b is named already on line 1"),
        (b"a\ta\n", r"pairs\.tsv:1: a is named already on line 1"),
        (b"a\t\xff\n", r"pairs\.tsv: not UTF-8 \(byte 2\)"),
    ],
)
def test_a_bad_file_gives_one_clear_line(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "pairs.tsv"
    file.write_bytes(content)
    with pytest.raises(PairsFileError, match=message) as caught:
        read_pairs_file(file)
    assert "\n" not in str(caught.value)


def test_a_missing_file_gives_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(PairsFileError, match="cannot be read"):
        read_pairs_file(tmp_path / "none.tsv")
