"""Who may read and write what a run makes: what the umask says, and what the folder had."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from models.records import Lang
from tasks.emit.corpus import Corpus
from tests.flows.runs.helpers import carry_out, request
from tests.models.engines.random_model import write_random_model
from tests.pages import ALONE_EN, inbox

ROOT = Path(__file__).parents[2]


def modes(*folders: Path) -> dict[str, int]:
    """The permissions of everything in and of folders."""
    paths = [path for folder in folders for path in (folder, *folder.rglob("*"))]
    return {str(path): stat.S_IMODE(path.lstat().st_mode) for path in paths}


def wrong(umask: int, found: dict[str, int]) -> dict[str, str]:
    """What has other permissions than the umask gives."""
    return {
        name: oct(mode)
        for name, mode in found.items()
        if mode != (0o777 if Path(name).is_dir() else 0o666) & ~umask
    }


@pytest.mark.parametrize("umask", [0o002, 0o027])
def test_files_and_folders_have_the_permissions_of_the_umask(tmp_path: Path, umask: int) -> None:
    model = write_random_model(tmp_path / "model")
    before = os.umask(umask)
    try:
        flag = f"translate.translator={model}"
        carry_out(request(inbox(tmp_path / "in"), tmp_path / "out", flag))
    finally:
        os.umask(before)
    found = modes(tmp_path / "out", tmp_path / "out.zhen")
    for ending in (".sqlite", ".segment", "lock", "run.json", "log.jsonl", ".parquet", ".html"):
        assert any(name.endswith(ending) for name in found), ending
    assert wrong(umask, found) == {}


@pytest.mark.slow
def test_so_have_those_of_workers_and_caches(tmp_path: Path) -> None:
    umask = 0o002
    command = [
        sys.executable, "-m", "flows.cli", "run", inbox(tmp_path / "in"), "--out", tmp_path / "out",
        "--no-prefect", "--translator", write_random_model(tmp_path / "model"),
        "--set", "words.use_rjieba=false", "--runner", "processes", "--workers", "2",
    ]  # fmt: skip
    environment = {**os.environ, "ZHEN_CACHE_DIR": str(tmp_path / "cache")}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, umask=umask
    )
    assert done.returncode == 0, done.stderr
    found = modes(tmp_path / "out", tmp_path / "out.zhen", tmp_path / "cache")
    assert any(name.endswith(".cache") for name in found)  # jieba's
    assert wrong(umask, found) == {}


def test_who_may_enter_the_corpus_stays_as_it_was(tmp_path: Path) -> None:
    folder, out = inbox(tmp_path / "in"), tmp_path / "out"
    carry_out(request(folder, out))
    out.chmod(0o2750)
    (folder / "heron.txt").write_text(ALONE_EN.replace("frog", "heron"), encoding="utf-8")
    carry_out(request(folder, out))
    assert stat.S_IMODE(out.stat().st_mode) == 0o2750


def obeying_permissions() -> None:
    """In a child: what files and folders allow holds for root, too."""
    import ctypes

    drop, dac_override, dac_read_search = 24, 1, 2  # PR_CAPBSET_DROP; prctl(2), capabilities(7)
    for capability in (dac_override, dac_read_search):
        ctypes.CDLL(None).prctl(drop, capability, 0, 0, 0)


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="capabilities are Linux's")
def test_an_inbox_that_nobody_may_write_to_and_one_file_that_nobody_may_read(
    tmp_path: Path,
) -> None:
    folder = inbox(tmp_path / "in")
    (folder / "sub").mkdir()
    (folder / "closed").mkdir()
    (folder / "sub" / "heron.txt").write_text(ALONE_EN.replace("frog", "heron"), encoding="utf-8")
    (folder / "closed" / "newt.txt").write_text(ALONE_EN.replace("frog", "newt"), encoding="utf-8")
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    (folder / "frog.txt").chmod(0)
    (folder / "closed").chmod(0)
    before = modes(folder)
    command = [sys.executable, "-m", "flows.cli", "run", folder, "--out", tmp_path / "out"]
    try:
        done = subprocess.run(
            [*command, "--no-prefect"],
            cwd=ROOT, capture_output=True, text=True, preexec_fn=obeying_permissions,
            env={**os.environ, "ZHEN_CACHE_DIR": str(tmp_path / "cache")},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert modes(folder) == before
    finally:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755)
    corpus = Corpus(tmp_path / "out")
    assert {(q.source, q.reason.value) for q in corpus.quarantine()} == {
        ("frog.txt", "unreadable"), ("closed/", "unreadable"),
    }  # fmt: skip
    sources = {a.source.path for lang in Lang for a in corpus.articles(lang)}
    assert sources == {
        "bridge.zh.txt", "bridge.en.txt", "page.txt", "football.txt", "sub/heron.txt",
    }  # fmt: skip
