"""A folder full of everything that can be wrong: each input ends in the corpus or in quarantine."""

import json
import os
import socket
from pathlib import Path

import pytest

from flows.config import load_config
from models.records import QuarantineReason
from tasks.driver import Outcome, SerialExecutor, make_plan, run
from tasks.emit.corpus import Corpus
from tests.pages import ALONE_EN, ALONE_ZH, inbox, tree

SETTINGS = load_config(environment={}).settings


def build(folder: Path, out: Path) -> Outcome:
    return run(make_plan([folder], out, SETTINGS), SerialExecutor())


def quarantined(out: Path) -> dict[str, str]:
    return {q.source: q.reason.value for q in Corpus(out).quarantine()}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("bad")
    folder = inbox(top / "in")
    (top / "outside.txt").write_text(ALONE_EN, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_text(" \n\n\t\n", encoding="utf-8")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 50)
    (folder / "archive.zip").write_bytes(b"PK\x03\x04" + bytes(300))
    (folder / "stray.txt").write_bytes(
        # Unlike football.txt by a sentence: else it would rightly be taken for a copy of it.
        ALONE_ZH.encode()[:300] + b"\xff\xfe" + ALONE_ZH.encode()[300:] + "门票已售完。".encode()
    )
    (folder / "nul.txt").write_text(
        ALONE_EN.replace("frog", "fr\x00og", 1) + " Nul.", encoding="utf-8"
    )
    (folder / "out-link.txt").symlink_to(top / "outside.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "dangling.txt").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(folder / "socket.txt"))
    (folder / "new\nline.txt").write_text(ALONE_EN + " A name with a line end.", encoding="utf-8")
    (Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt"))).write_text(
        ALONE_EN + " A name that is no UTF-8.", encoding="utf-8"
    )
    (folder / "records.jsonl").write_bytes(
        json.dumps({"text": ALONE_ZH + "第一条。", "title": "友谊赛"}).encode()
        + b"\n{broken\n"
        + json.dumps({"text": ALONE_EN + " Third.", "id": "/etc/passwd"}).encode()
        + b"\n[1, 2]\n"
    )
    (folder / "script.html").write_text(
        "<html><body><article><h1>Frog</h1><p>" + ALONE_EN.replace("\n\n", "</p><p>")
        + "</p><script>alert(1)</script></article></body></html>",
        encoding="utf-8",
    )  # fmt: skip
    build(folder, top / "out")
    return top


def test_each_ends_in_quarantine_with_its_reason(made: Path) -> None:
    found = quarantined(made / "out")
    assert found["empty.txt"] == "empty"
    assert found["blank.txt"] in ("empty", "no_text")
    assert found["binary.txt"] == "binary"
    assert found["archive.zip"] in ("binary", "unsupported")
    assert found["out-link.txt"] == "outside_root"
    assert found["loop"] == "outside_root"
    assert found["dangling.txt"] in ("unreadable", "outside_root")
    assert found["pipe.txt"] == found["socket.txt"] == "not_a_file"
    records = [q for q in Corpus(made / "out").quarantine() if q.source == "records.jsonl"]
    assert [(q.record, q.reason) for q in records] == [
        (2, QuarantineReason.BAD_RECORD),
        (4, QuarantineReason.BAD_RECORD),
    ]
    assert all(q.detail and "\n" not in q.detail for q in Corpus(made / "out").quarantine())


def test_the_rest_is_in_the_corpus(made: Path) -> None:
    corpus = Corpus(made / "out")
    places = {
        (article.source.path, article.source.record)
        for lang in ("zh", "en")
        for article in corpus.articles(lang)  # type: ignore[arg-type]
    }
    assert {("stray.txt", None), ("nul.txt", None), ("records.jsonl", 1), ("records.jsonl", 3),
            ("script.html", None)} <= places  # fmt: skip
    names = {path for path, _ in places}
    assert any("new" in name and "line.txt" in name and "\n" not in name for name in names)
    assert any(name.startswith("caf\\xe9") for name in names)
    assert sum(1 for _ in corpus.pairs()) == 2


def test_a_stray_byte_harms_only_its_place(made: Path) -> None:
    text = next(
        "".join(block.text for block in article.blocks)
        for article in Corpus(made / "out").articles("zh")  # type: ignore[arg-type]
        if article.source.path == "stray.txt"
    )
    assert "主教练赛后说，球队还需要改进防守。" in text
    assert text.count("\ufffd") <= 3


def test_nothing_of_a_document_becomes_a_path(made: Path) -> None:
    assert not (made / "etc").exists()
    assert all(".." not in name for name in tree(made / "out"))


def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # As root every file can be read, so the refusal is put in where files are opened.
    folder = inbox(tmp_path / "in")
    real = os.open

    def refusing(path: object, *more: object, **options: object) -> int:
        if str(path).endswith("frog.txt"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *more, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refusing)
    build(folder, tmp_path / "out")
    monkeypatch.undo()
    assert quarantined(tmp_path / "out") == {"frog.txt": "unreadable"}


@pytest.mark.slow
def test_ten_megabytes_on_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    line = ALONE_EN.replace("\n\n", " ") + " "
    (folder / "long.txt").write_text(line * (10_000_000 // len(line)), encoding="utf-8")
    outcome = build(folder, tmp_path / "out")
    assert outcome.summary.articles == {"en": 1}


def test_a_folder_of_nothing_but_bad_input_is_published_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    outcome = build(tmp_path / "in", tmp_path / "out")
    assert outcome.summary.quarantined == {"empty": 1}
    assert outcome.summary.articles == {}
    assert (tmp_path / "out" / "report.html").exists()
