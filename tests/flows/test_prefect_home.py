"""Prefect's database in zhen's cache folder does not grow for ever, and is nobody else's."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from flows import prefect_home as module
from flows.prefect_home import prepare_prefect
from flows.temporary_server import LOG

ROOT = Path(__file__).parents[2]
PREPARE = "import flows.prefect_home as m; m.prepare_prefect(quiet=True); print('ready'); input()"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place of the database of a user who has set nothing, with a database in it."""
    for name in list(os.environ):
        if name.startswith(("PREFECT_", "DO_NOT_TRACK")):
            monkeypatch.delenv(name)
    # What prepare_prefect sets is taken back at the end of the test.
    for name in ("PREFECT_HOME", "DO_NOT_TRACK", "PREFECT_SERVER_ANALYTICS_ENABLED",
                 "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS",
                 "PREFECT_LOGGING_LEVEL", "PREFECT_SERVER_LOGGING_LEVEL"):  # fmt: skip
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("ZHEN_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(module, "_held", [])
    home = tmp_path / "cache" / "prefect"
    home.mkdir(parents=True)
    for name in ("prefect.db", "prefect.db-wal", "prefect.db-shm", "profiles.toml"):
        (home / name).write_bytes(b"x" * 100)
    yield home
    for descriptor in module._held:
        os.close(descriptor)


def grow(home: Path, size: int) -> None:
    with open(home / "prefect.db", "r+b") as file:
        file.truncate(size)  # takes no room on the disk


def files(home: Path) -> set[str]:
    return {path.name for path in home.iterdir()} - {"in-use"}


def test_a_database_is_kept_until_it_is_large(home: Path) -> None:
    grow(home, module._LARGE - 200)
    before = files(home)
    prepare_prefect(quiet=True)
    assert os.environ["PREFECT_HOME"] == str(home)
    assert files(home) == before


def test_a_large_one_is_begun_anew(home: Path) -> None:
    grow(home, module._LARGE)
    prepare_prefect(quiet=True)
    assert files(home) == {"profiles.toml"}


def test_one_that_another_run_works_with_is_left_alone(home: Path) -> None:
    grow(home, module._LARGE)
    (home / "prefect.db").rename(home / "aside")
    with subprocess.Popen(
        [sys.executable, "-c", PREPARE],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        (home / "aside").rename(home / "prefect.db")
        prepare_prefect(quiet=True)
        assert "prefect.db" in files(home)
        other.communicate("\n")
    # And two runs may work at once.
    assert other.returncode == 0


@pytest.mark.parametrize("name", ["PREFECT_HOME", "PREFECT_API_URL", "PREFECT_PROFILES_PATH"])
def test_that_of_the_user_is_never_touched(
    home: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    grow(home, module._LARGE)
    monkeypatch.setenv(name, str(home))
    before = files(home)
    prepare_prefect(quiet=True)
    assert files(home) == before


@pytest.mark.integration
@pytest.mark.timeout(600)
def test_a_run_begins_a_large_one_anew_and_works(home: Path, tmp_path: Path) -> None:
    grow(home, module._LARGE)
    (home / "profiles.toml").unlink()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("The harbour opened on Monday.", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", "run", tmp_path / "in", "--out", tmp_path / "out"],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(home / "prefect.db") as database:
        assert database.execute("select count(*) from flow_run").fetchone() == (1,)
    database.close()
    assert sum(path.stat().st_size for path in home.glob("prefect.db*")) < 20_000_000


SERVE = """
import os, socket, sys
from types import SimpleNamespace
from flows.temporary_server import _start
with socket.socket() as taken:
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    with _start(SimpleNamespace(port=taken.getsockname()[1])) as server:
        server.wait(200)
"""


@pytest.mark.integration
def test_what_the_temporary_server_says_is_in_a_file_not_on_the_terminal(tmp_path: Path) -> None:
    """A good run once ended with a traceback of a task of the server's that its end cut off."""
    home = tmp_path / "home"
    home.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", SERVE],
        cwd=ROOT, env={**os.environ, "PREFECT_HOME": str(home)}, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "address already in use" in (home / LOG).read_text("utf-8")
