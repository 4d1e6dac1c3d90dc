"""A failed run tells whom the config names; a failure to tell never hides the run's error."""

import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from flows.config import ConfigError, load_config
from flows.runs.watch import watched
from tasks.driver import NothingToPublishError
from tests.flows.runs.helpers import carry_out, events, record, request, runs
from tests.pages import inbox

SECRET = "s3cret-token"


class Hook(HTTPServer):
    """A webhook on loopback that keeps what it was sent and answers with ``code``."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[dict[str, Any]] = []
        self.code = 200

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/{SECRET}"


class Handler(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        assert self.headers["Content-Type"] == "application/json"
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(json.loads(body))
        self.send_response(self.server.code)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hook() -> Iterator[Hook]:
    with Hook() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def script(folder: Path, code: str) -> str:
    """A setting that runs a Python script."""
    (folder / "tell.py").write_text(code)
    return f"notify.command={[sys.executable, str(folder / 'tell.py')]}"


def fail(tmp_path: Path, *flags: str, **environment: str) -> Path:
    """A run that fails, since its inbox is empty, after one that did not; where its record is."""
    folder, out = inbox(tmp_path / "in"), tmp_path / "out"
    carry_out(request(folder, out))
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingToPublishError, match="no documents"):
        carry_out(request(tmp_path / "empty", out, *flags, **environment))
    return runs(out)[-1]


def test_a_webhook_gets_what_failed(tmp_path: Path, hook: Hook) -> None:
    run = fail(tmp_path, ZHEN_NOTIFY_URL=hook.url)
    (told,) = hook.got
    assert told["event"] == "run_failed"
    assert told["out"] == str(tmp_path / "out")
    assert told["error"]["kind"] == "NothingToPublishError"
    assert told["error"]["message"] in told["text"]
    assert (told["run"], told["log"]) == (run.name, str(run))


def test_a_program_gets_it_on_its_standard_input(tmp_path: Path) -> None:
    got = tmp_path / "got.json"
    code = f"import sys, pathlib; pathlib.Path({str(got)!r}).write_bytes(sys.stdin.buffer.read())"
    fail(tmp_path, script(tmp_path, code))
    assert json.loads(got.read_bytes())["error"]["kind"] == "NothingToPublishError"


def test_both_are_told(tmp_path: Path, hook: Hook) -> None:
    fail(tmp_path, script(tmp_path, "raise SystemExit(3)"), f"notify.url={hook.url}")
    assert len(hook.got) == 1


@pytest.mark.parametrize("code", [404, 500])
def test_a_webhook_that_refuses_is_a_warning(tmp_path: Path, hook: Hook, code: int) -> None:
    hook.code = code
    run = fail(tmp_path, f"notify.url={hook.url}")
    assert record(run)["error"]["kind"] == "NothingToPublishError"
    failed, warning = events(run)[-2:]
    assert failed["event"] == "run_failed"
    assert warning["message"] == (f"nobody was told of the failure: the webhook answered {code}")
    assert warning["level"] == "warning"


@pytest.mark.parametrize(
    "flag",
    [
        "notify.url=http://127.0.0.1:1/" + SECRET,  # nobody listens there
        "notify.url=http://[broken/" + SECRET,
        "notify.command=['/nowhere/tell']",
    ],
)
def test_nobody_there_is_a_warning(tmp_path: Path, flag: str) -> None:
    run = fail(tmp_path, flag)
    assert [line["event"] for line in events(run)] == ["run_started", "run_failed", "message"]


def test_a_program_that_does_not_end_is_given_up(tmp_path: Path) -> None:
    slow = script(tmp_path, "import time; time.sleep(60)")
    run = fail(tmp_path, slow, "notify.timeout=0.5")
    assert "took more than 0.5 s" in events(run)[-1]["message"]


def test_the_address_is_a_secret(
    tmp_path: Path, hook: Hook, capsys: pytest.CaptureFixture[str]
) -> None:
    hook.code = 500
    run = fail(tmp_path, f"notify.url={hook.url}", "run.log_format=text")
    written = "".join(path.read_text() for path in run.iterdir()) + capsys.readouterr().err
    assert "nobody was told" in written
    assert SECRET not in written


def test_nobody_is_told_of_a_good_run_or_of_a_person_who_stops_one(
    tmp_path: Path, hook: Hook
) -> None:
    folder, out = inbox(tmp_path / "in"), tmp_path / "out"
    asked = request(folder, out, f"notify.url={hook.url}")
    carry_out(asked)
    carry_out(asked)
    with pytest.raises(KeyboardInterrupt), watched(asked):
        raise KeyboardInterrupt
    assert record(runs(out)[-1])["state"] == "interrupted"
    assert hook.got == []


def test_an_inbox_that_is_gone_is_told(tmp_path: Path, hook: Hook) -> None:
    # The first run ever: there is no work folder to note it in.
    with pytest.raises(Exception, match="does not exist"):
        carry_out(request(tmp_path / "gone", tmp_path / "out", f"notify.url={hook.url}"))
    assert hook.got[0]["error"]["kind"] == "InputError"
    assert not (tmp_path / "out.zhen").exists()


@pytest.mark.parametrize("flag", ["notify.url=file:///etc/passwd", "notify.timeout=0"])
def test_settings_that_cannot_be_meant(flag: str) -> None:
    with pytest.raises(ConfigError, match="notify"):
        load_config(flags=[flag], environment={})
