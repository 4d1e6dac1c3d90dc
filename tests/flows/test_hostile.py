"""Inputs made to do harm: each ends in quarantine or as plain text, and nothing else happens."""

import gzip
import io
import json
import os
import stat
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from flows.config import load_config
from models.records import Lang, Quarantine
from tasks.driver import Outcome, SerialExecutor, is_published, make_plan, run
from tasks.emit.corpus import Corpus
from tests.flows.runs.helpers import zhen
from tests.pages import ALONE_EN, ALONE_ZH, tree
from tests.tasks.read.test_docx import docx, p

CANARY = "canary 4711"


def build(folder: Path, out: Path, *flags: str) -> Outcome:
    settings = load_config(flags=flags, environment={}).settings
    return run(make_plan([folder], out, settings), SerialExecutor())


def quarantined(out: Path) -> dict[str, Quarantine]:
    """The quarantine records by their file and record; each with a plain line that says why."""
    found = list(Corpus(out).quarantine())
    assert all(q.detail and q.detail.isprintable() for q in found)
    return {q.source if q.record is None else f"{q.source}:{q.record}": q for q in found}


def texts(out: Path) -> dict[str, str]:
    """The text of every article by its file and record."""
    return {
        f"{a.source.path}:{a.source.record}": "\n".join(block.text for block in a.blocks)
        for lang in Lang
        for a in Corpus(out).articles(lang)
    }


class Canary(HTTPServer):
    """A server on loopback that nothing may ask for anything."""

    asked = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Canary

    def do_GET(self) -> None:
        self.server.asked += 1
        self.send_response(200)
        self.end_headers()
        self.wfile.write(CANARY.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    with Canary(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()
        assert server.asked == 0


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """An inbox with one honest document, so that the rest is seen to go on."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "frog.txt").write_text(ALONE_EN, encoding="utf-8")
    (tmp_path / "secret.txt").write_text(CANARY, encoding="utf-8")
    return tmp_path / "in"


def check_rest(top: Path) -> None:
    """The honest document is there, the secret is nowhere, and nothing was written elsewhere."""
    assert "frog.txt:None" in texts(top / "out")
    assert sorted(path.name for path in top.iterdir()) == ["in", "out", "out.zhen", "secret.txt"]
    for name, content in tree(top / "out").items():
        assert CANARY.encode() not in content, name


@pytest.mark.parametrize(
    "trick",
    [
        "../../etc/passwd",
        "..\\..\\windows\\system32",
        "a/../../b",
        "..",
        "/var/www/..",
        "nul\x00.txt",
        "line\nbreak",
        "esc\x1b[2J",
    ],
)
def test_an_id_that_is_made_to_lead_elsewhere(inbox: Path, trick: str) -> None:
    lines = [
        {"text": ALONE_ZH, "id": trick},
        {"text": ALONE_EN + " Third.", "id": "news/2026:3..4"},
    ]
    (inbox / "a.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    top = inbox.parent
    build(inbox, top / "out")
    found = quarantined(top / "out")
    assert {name: q.reason.value for name, q in found.items()} == {"a.jsonl:1": "unsafe"}
    assert "a.jsonl:2" in texts(top / "out")  # an honest id may have slashes and points
    check_rest(top)


@pytest.mark.parametrize("field", ["title", "url", "outlet", "lang"])
def test_path_tricks_in_other_fields_are_text(inbox: Path, field: str) -> None:
    line = json.dumps({"text": ALONE_ZH, field: "../../../../secret.txt"})
    (inbox / "a.jsonl").write_text(line + "\n")
    build(inbox, inbox.parent / "out")
    assert not any(".." in name for name in tree(inbox.parent / "out"))
    check_rest(inbox.parent)


def test_links_out_of_the_inbox(inbox: Path) -> None:
    top = inbox.parent
    (inbox / "file.txt").symlink_to(top / "secret.txt")
    (inbox / "folder").symlink_to("/etc")
    (inbox / "up.txt").symlink_to("../secret.txt")
    (inbox / "hop.txt").symlink_to("up.txt")
    (inbox / "proc.txt").symlink_to("/proc/self/environ")
    build(inbox, top / "out")
    found = quarantined(top / "out")
    assert {name: q.reason.value for name, q in found.items()} == dict.fromkeys(
        ["file.txt", "folder", "hop.txt", "proc.txt", "up.txt"], "outside_root"
    )
    check_rest(top)


def test_a_file_that_becomes_a_link_after_the_first_look(inbox: Path) -> None:
    top, victim = inbox.parent, inbox / "b.txt"
    victim.write_text(ALONE_ZH, encoding="utf-8")
    plan = make_plan([inbox], top / "out", load_config(environment={}).settings)
    victim.unlink()
    victim.symlink_to(top / "secret.txt")
    run(plan, SerialExecutor())
    assert quarantined(top / "out")["b.txt"].reason.value == "unreadable"
    check_rest(top)


def test_pipes_and_devices_are_never_waited_for(inbox: Path) -> None:
    top = inbox.parent
    os.mkfifo(inbox / "pipe.txt")
    os.mkfifo(inbox / "pipe.jsonl")
    expected = ["pipe.jsonl", "pipe.txt"]
    try:
        os.mknod(inbox / "zero.txt", 0o600 | stat.S_IFCHR, os.makedev(1, 5))  # gives zeros for ever
        expected.append("zero.txt")
    except PermissionError:
        pass  # only root makes devices; pipes are tested all the same
    build(inbox, top / "out")
    found = quarantined(top / "out")
    assert {name: q.reason.value for name, q in found.items()} == dict.fromkeys(
        expected, "not_a_file"
    )
    check_rest(top)


@pytest.mark.timeout(60)
def test_a_pipe_or_device_as_the_input_itself(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for number, given in enumerate((tmp_path / "pipe", Path("/dev/zero"))):
        out = tmp_path / f"out{number}"
        assert zhen("run", given, "--out", out, "--no-prefect") == 0
        assert [q.reason.value for q in Corpus(out).quarantine()] == ["not_a_file"]


def test_a_file_that_becomes_a_pipe_after_the_first_look_is_tried_again(inbox: Path) -> None:
    top, victim = inbox.parent, inbox / "b.txt"
    victim.write_text(ALONE_ZH, encoding="utf-8")
    settings = load_config(environment={}).settings
    plan = make_plan([inbox], top / "out", settings)
    victim.unlink()
    os.mkfifo(victim)
    run(plan, SerialExecutor())
    assert quarantined(top / "out")["b.txt"].reason.value == "not_a_file"
    check_rest(top)
    # The same file again: what was found out about the pipe says nothing about it.
    victim.unlink()
    victim.write_text(ALONE_ZH, encoding="utf-8")
    again = make_plan([inbox], top / "out", settings)
    assert not is_published(again)
    run(again, SerialExecutor())
    assert "b.txt:None" in texts(top / "out")
    assert quarantined(top / "out") == {}
    assert is_published(again)


def bomb_in_zip(size: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * size)
    return buffer.getvalue()


def bomb_in_tar(size: int) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        entry = tarfile.TarInfo("../../etc/cron.d/evil")
        entry.size = size
        archive.addfile(entry, io.BytesIO(b"0" * size))
    return buffer.getvalue()


def bomb_in_pdf(size: int) -> bytes:
    """A page whose compressed content unpacks to ``size`` blanks."""
    import zlib

    content = zlib.compress(b" " * size, 9)
    head = b"%PDF-1.4\n"
    parts = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n",
        b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream endobj\n"
        % (len(content), content),
    ]
    places, at = [], len(head)
    for part in parts:
        places.append(at)
        at += len(part)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % n for n in places)
    trailer = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % at
    return head + b"".join(parts) + table + trailer


def test_archive_bombs(inbox: Path) -> None:
    top, size = inbox.parent, 50_000_000
    (inbox / "a.zip").write_bytes(bomb_in_zip(size))
    (inbox / "zip.txt").write_bytes(bomb_in_zip(size))  # an archive that says it is text
    (inbox / "b.txt.gz").write_bytes(gzip.compress(b"0" * size))
    (inbox / "c.tar.gz").write_bytes(bomb_in_tar(size))
    (inbox / "d.docx").write_bytes(docx(p("x" * size)))
    (inbox / "e.docx").write_bytes(docx(p("text"), word__numbering2="", xl__x=" " * size))
    (inbox / "f.docx").write_bytes(bomb_in_zip(size))
    (inbox / "g.pdf").write_bytes(bomb_in_pdf(4 * size))
    build(inbox, top / "out")
    reasons = {name: q.reason.value for name, q in quarantined(top / "out").items()}
    assert reasons.pop("g.pdf") in ("unreadable", "no_text", "too_large")
    # e.docx has its bomb in a part that is never opened: it is a short text, and no harm.
    assert reasons.pop("e.docx", "no_text") == "no_text"
    assert reasons == {
        "a.zip": "binary",
        "zip.txt": "binary",
        "b.txt.gz": "binary",
        "c.tar.gz": "binary",
        "d.docx": "unsafe",
        "f.docx": "unreadable",
    }
    check_rest(top)


def test_xml_bombs_and_external_entities(inbox: Path, canary: Canary) -> None:
    top = inbox.parent
    laughs = "".join(f"<!ENTITY l{n + 1} '{f'&l{n};' * 10}'>" for n in range(9))
    entities = {
        "laughs": f"<!DOCTYPE x [<!ENTITY l0 'ha'>{laughs}]>",
        "quadratic": f"<!DOCTYPE x [<!ENTITY l9 '{'a' * 100_000}'>]>",
        "file": f'<!DOCTYPE x [<!ENTITY l9 SYSTEM "file://{top / "secret.txt"}">]>',
        "web": f'<!DOCTYPE x [<!ENTITY l9 SYSTEM "{canary.url}/x">]>',
        "parameter": f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{canary.url}/p.dtd"> %p;]>',
        "dtd": f'<!DOCTYPE x SYSTEM "{canary.url}/x.dtd">',
    }
    for name, prolog in entities.items():
        for part in ("word/document.xml", "docProps/core.xml", "word/styles.xml", "_rels/.rels"):
            buffer = io.BytesIO()
            with zipfile.ZipFile(buffer, "w") as archive:
                if part != "word/document.xml":
                    with zipfile.ZipFile(io.BytesIO(docx(p("text")))) as honest:
                        archive.writestr("word/document.xml", honest.read("word/document.xml"))
                archive.writestr(part, f"{prolog}<x>&l9;</x>")
            (inbox / f"{name}-{part.replace('/', '-')}.docx").write_bytes(buffer.getvalue())
    build(inbox, top / "out")
    found = quarantined(top / "out")
    assert len(found) == 4 * len(entities)
    assert {q.reason.value for q in found.values()} == {"unsafe"}
    check_rest(top)


def test_a_word_file_that_names_parts_outside_of_itself(inbox: Path, canary: Canary) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    targets = (f"../../../..{inbox.parent}/secret.txt", f"{canary.url}/document.xml", "C:/x.xml")
    for number, target in enumerate(targets):
        rels = f'<Relationships><Relationship Type="{kind}" Target="{target}"/></Relationships>'
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("_rels/.rels", rels)
        (inbox / f"{number}.docx").write_bytes(buffer.getvalue())
    build(inbox, inbox.parent / "out")
    found = quarantined(inbox.parent / "out")
    assert {name: q.reason.value for name, q in found.items()} == dict.fromkeys(
        ["0.docx", "1.docx", "2.docx"], "unreadable"
    )
    check_rest(inbox.parent)


def test_the_limit_of_a_text_counts_bytes(inbox: Path) -> None:
    top = inbox.parent
    line = "大桥周一正式通车，全长三公里。"
    (inbox / "zh.txt").write_text(line * 200, encoding="utf-8")  # 3,000 characters, 9,000 bytes
    (inbox / "gbk.txt").write_bytes((line * 200).encode("gb18030"))  # 6,000 bytes in the file
    (inbox / "en.txt").write_text("The bridge opened on Monday. " * 170, encoding="utf-8")
    (inbox / "zh.html").write_text(f"<html><body><p>{line * 200}</p></body></html>", "utf-8")
    (inbox / "zh.docx").write_bytes(docx(p(line * 200)))
    record = json.dumps({"text": line * 200}, ensure_ascii=False)
    (inbox / "zh.jsonl").write_text(record + "\n", "utf-8")
    build(inbox, top / "out", "read.max_document_bytes=5000")
    reasons = {name: q.reason.value for name, q in quarantined(top / "out").items()}
    assert reasons == dict.fromkeys(
        ["gbk.txt", "zh.docx", "zh.html", "zh.jsonl:1", "zh.txt"], "too_large"
    )
    assert "en.txt:None" in texts(top / "out")
    check_rest(top)


def test_a_text_of_five_gigabytes_is_not_read(inbox: Path) -> None:
    with open(inbox / "huge.txt", "wb") as file:
        file.truncate(5_000_000_000)  # takes no room on the disk
    build(inbox, inbox.parent / "out")
    found = quarantined(inbox.parent / "out")["huge.txt"]
    assert (found.reason.value, "5000000000 bytes" in found.detail) == ("too_large", True)
    assert found.sha256 is None  # what was read has a digest
    check_rest(inbox.parent)


def test_scripts_of_a_page_neither_run_nor_show(inbox: Path, canary: Canary) -> None:
    top, url = inbox.parent, canary.url
    story = ALONE_ZH.replace("\n\n", "</p><p>")
    (inbox / "page.html").write_text(
        f"""<html><head><base href="{url}/"><meta http-equiv="refresh" content="0;url={url}">
        <link rel="stylesheet" href="{url}/a.css"><script src="{url}/a.js"></script>
        <script>document.title = "stolen 1"</script></head>
        <body onload="alert('stolen 2')"><article><h1>友谊赛</h1><p>{story}</p>
        <p>看台上有人喊：&lt;script&gt;alert("stolen-as-text")&lt;/script&gt;，随后被带离球场。</p>
        <img src="{url}/a.png" onerror="alert('stolen 3')"><iframe src="{url}/f"></iframe>
        <svg onload="alert('stolen 4')"></svg><a href="javascript:alert('stolen 5')">更多</a>
        <noscript>stolen 6</noscript></article></body></html>""",
        encoding="utf-8",
    )
    (inbox / "empty.html").write_text(f'<html><script src="{url}/only.js">stolen 7</script></html>')
    build(inbox, top / "out")
    assert quarantined(top / "out")["empty.html"].reason.value == "no_text"
    text = texts(top / "out")["page.html:None"]
    assert "主教练赛后说，球队还需要改进防守。" in text
    assert "stolen " not in text
    for name, content in tree(top / "out").items():
        assert b"stolen 1" not in content, name
        if name.endswith(".html"):
            assert b'alert("stolen-as-text")' not in content, name
            assert b"<script>alert" not in content, name
            assert b'src="' + url.encode() not in content, name
    check_rest(top)


def test_names_that_look_like_options_or_markup(inbox: Path) -> None:
    for name in ("--out", "-rf.txt", "<img src=x onerror=alert(1)>.txt", "=cmd|x.txt", "$(id).txt"):
        (inbox / name).write_text(f"{ALONE_ZH}名为{len(name)}的文件。", encoding="utf-8")
    build(inbox, inbox.parent / "out")
    assert len(texts(inbox.parent / "out")) == 6
    report = b"".join(c for n, c in tree(inbox.parent / "out").items() if n.endswith(".html"))
    assert b"<img src=x" not in report
    check_rest(inbox.parent)
