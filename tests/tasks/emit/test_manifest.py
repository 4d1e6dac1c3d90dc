import json
from pathlib import Path

import pytest

from models.manifest import Manifest, Summary
from tasks.emit.corpus import Corpus
from tasks.emit.jsonl import digest_file
from tasks.emit.manifest import (
    digest_folder,
    make_manifest,
    read_manifest,
    signature,
    verify,
    write_manifest,
)
from tasks.emit.summary import summarise

CONFIG = {"align": {"beam": 8, "lexicon": None}, "emit": {"exports": ["tsv"]}}
DEFAULTS = {"align": {"beam": 4, "lexicon": None}, "emit": {"exports": ["tsv"]}}


def manifest_of(folder: Path) -> Manifest:
    return make_manifest(
        folder,
        counts=summarise(Corpus(folder), files=7, documents=8),
        config=CONFIG,
        defaults=DEFAULTS,
        versions={"align": "3", "opencc": "1.4.2"},
        models={"lexicon": "l1"},
    )


def test_it_comes_back(lines: Path) -> None:
    manifest = manifest_of(lines)
    path = write_manifest(lines, manifest)
    assert read_manifest(lines) == manifest
    assert path.read_bytes().endswith(b"}\n")
    assert list(manifest.files) == sorted(p.name for p in lines.iterdir() if p != path)
    assert manifest.files["zh.jsonl"].count == 4


def test_an_untouched_folder_has_no_problems(lines: Path) -> None:
    (lines / "extracted").mkdir()
    (lines / "extracted" / "a.txt").write_text("text")
    write_manifest(lines, manifest_of(lines))
    assert verify(lines) == []


def test_every_kind_of_change_is_found(lines: Path) -> None:
    (lines / "exports").mkdir()
    (lines / "exports" / "bitext.tsv").write_text("a")
    (lines / "README.md").write_text("card")
    write_manifest(lines, manifest_of(lines))
    (lines / "exports" / "bitext.tsv").unlink()
    (lines / "README.md").write_text("crad")
    (lines / "new.txt").write_text("new")
    with open(lines / "en.jsonl", "ab") as file:
        file.write(b"{}\n")
    size = (lines / "en.jsonl").stat().st_size
    assert verify(lines) == [
        "new.txt is not in the manifest",
        "README.md has been changed (SHA-256 differs)",
        f"en.jsonl has {size} bytes, not {size - 3}",
        "exports/bitext.tsv is missing",
    ]


def test_a_manifest_of_half_a_corpus_is_found(lines: Path) -> None:
    (lines / "removed.jsonl").unlink()
    manifest = make_manifest(
        lines, counts=Summary(), config={}, defaults={}, versions={}, models={}
    )
    write_manifest(lines, manifest)
    assert verify(lines) == ["removed.jsonl is not part of the corpus the manifest describes"]


def test_known_digests_are_not_made_again(lines: Path) -> None:
    known = {"zh.jsonl": digest_file(lines / "en.jsonl")}
    assert digest_folder(lines, known)["zh.jsonl"] == known["zh.jsonl"]


def test_a_name_that_is_no_utf8_can_be_listed(lines: Path) -> None:
    """JSON cannot hold such a name; the manifest writes its bytes as escapes."""
    try:
        (lines / "bad\udcff.txt").write_text("x")
    except OSError:
        pytest.skip("this file system refuses such names")
    write_manifest(lines, manifest_of(lines))
    assert "bad\\xff.txt" in read_manifest(lines).files
    assert verify(lines) == []


def test_signature_pins_what_differs() -> None:
    line = signature(CONFIG, DEFAULTS, {"lexicon": "l1", "engine": "e|2\n"})
    assert line.count("\n") == 0
    fields = [field.partition(":")[::2] for field in line.split("|")]
    assert [name for name, _ in fields] == [
        "zhen", "schema", "engine", "lexicon", "align.beam", "config",
    ]  # fmt: skip
    assert dict(fields)["align.beam"] == "8"
    assert dict(fields)["engine"] == "e/2"
    other = signature(DEFAULTS, DEFAULTS, {})
    assert "align" not in other
    assert other.rpartition(":")[2] != line.rpartition(":")[2]


def test_the_same_content_gives_the_same_bytes(lines: Path) -> None:
    one = write_manifest(lines, manifest_of(lines)).read_bytes()
    assert write_manifest(lines, manifest_of(lines)).read_bytes() == one
    assert json.loads(one)["schema_version"] == 1
