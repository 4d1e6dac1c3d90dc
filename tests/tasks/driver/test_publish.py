"""Publication: the folder is the old one or the new one, and only ever zhen's own."""

import errno
import json
import os
from pathlib import Path

import pytest

from tasks.driver import publish as module
from tasks.driver.publish import ForeignFolderError, check_target, drop_built, publish, recover


def corpus(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True)
    manifest = {"schema_version": 1, "signature": "zhen"}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder / "data").write_text(text)
    return folder


def no_exchange(_one: Path, _other: Path) -> bool:
    return False


@pytest.mark.parametrize("exchange", [True, False])
def test_a_new_folder_takes_the_place_of_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool
) -> None:
    if not exchange:
        monkeypatch.setattr(module, "_exchange", no_exchange)
    out, work = corpus(tmp_path / "out", "old"), tmp_path / "out.zhen"
    built = corpus(work / "next", "new")
    publish(built, out, work)
    assert (out / "data").read_text() == "new"
    assert not built.exists()
    assert sorted(path.name for path in work.iterdir()) == []


def test_the_first_publication_makes_the_folder(tmp_path: Path) -> None:
    built = corpus(tmp_path / "out.zhen" / "next", "new")
    publish(built, tmp_path / "out", tmp_path / "out.zhen")
    assert (tmp_path / "out" / "data").read_text() == "new"


def test_a_crash_between_the_two_renames_is_completed_by_the_next_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_exchange", no_exchange)
    out, work = corpus(tmp_path / "out", "old"), tmp_path / "out.zhen"
    built = corpus(work / "next", "new")
    rename = os.rename

    def dies_at_the_second(source: Path, target: Path) -> None:
        if Path(source) == built:
            raise KeyboardInterrupt
        rename(source, target)

    monkeypatch.setattr(os, "rename", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        publish(built, out, work)
    monkeypatch.setattr(os, "rename", rename)
    assert not out.exists()
    recover(out, work)
    assert (out / "data").read_text() == "new"
    assert sorted(path.name for path in work.iterdir()) == []


@pytest.mark.parametrize("error", [OSError(errno.EIO, "Input/output error"), KeyboardInterrupt()])
def test_what_fails_between_the_two_renames_loses_no_corpus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """A run that failed there deleted what it had built, and the next command the former corpus."""
    monkeypatch.setattr(module, "_exchange", no_exchange)
    out, work = corpus(tmp_path / "out", "old"), tmp_path / "out.zhen"
    built = corpus(work / "next", "new")
    rename = os.rename

    def fails_at_the_second(source: Path, target: Path) -> None:
        if Path(source) == built:
            raise error
        rename(source, target)

    monkeypatch.setattr(os, "rename", fails_at_the_second)
    with pytest.raises(type(error)):
        publish(built, out, work)
    monkeypatch.setattr(os, "rename", rename)
    drop_built(built, work)
    if isinstance(error, OSError):  # taken back at once; after a signal by the next command
        assert (out / "data").read_text() == "old"
        assert list(work.iterdir()) == []
    recover(out, work)
    assert (out / "data").read_text() in ("old", "new")
    assert sorted(path.name for path in work.iterdir()) == []


def test_without_what_was_built_the_former_corpus_is_put_back(tmp_path: Path) -> None:
    work = tmp_path / "out.zhen"
    old = corpus(work / "replaced", "old")
    note = {"built": str(work / "next"), "old": str(old)}
    (work / "publishing.json").write_text(json.dumps(note))
    recover(tmp_path / "out", work)
    assert (tmp_path / "out" / "data").read_text() == "old"
    assert list(work.iterdir()) == []


def test_a_published_corpus_is_not_told_as_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(module, "sync_folder", broken)
    out = corpus(tmp_path / "out", "old")
    publish(corpus(tmp_path / "out.zhen" / "next", "new"), out, tmp_path / "out.zhen")
    assert (out / "data").read_text() == "new"
    assert "could not be brought to disk (Input/output error)" in caplog.text


def test_a_link_to_the_output_folder_stays_a_link(tmp_path: Path) -> None:
    real = corpus(tmp_path / "disk" / "corpus", "old")
    (tmp_path / "out").symlink_to(real)
    built = corpus(tmp_path / "disk" / "corpus.zhen" / "next", "new")
    publish(built, tmp_path / "out", built.parent)
    assert (tmp_path / "out").is_symlink()
    assert (tmp_path / "out" / "data").read_text() == "new"


def test_a_folder_that_holds_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"")
    with pytest.raises(ForeignFolderError, match="holds something else"):
        check_target(tmp_path / "photos")
    (tmp_path / "file").write_text("x")
    with pytest.raises(ForeignFolderError, match="not a folder"):
        check_target(tmp_path / "file")
    (tmp_path / "photos" / "manifest.json").write_text("[]")
    with pytest.raises(ForeignFolderError, match="holds something else"):
        check_target(tmp_path / "photos")


def test_absent_empty_and_own_folders_are_fine(tmp_path: Path) -> None:
    check_target(tmp_path / "absent")
    (tmp_path / "empty").mkdir()
    check_target(tmp_path / "empty")
    check_target(corpus(tmp_path / "own", "x"))
