"""Fetching a model, with a hub that is played by a folder."""

import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from huggingface_hub.errors import HfHubHTTPError, HFValidationError

from models.engines import EngineError, find_engine
from models.engines.places import pulled_folder
from models.engines.pull import pull_model
from models.places import cache_folder
from tests.flows.runs.helpers import zhen

Download = Callable[..., str]


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    state = SimpleNamespace(source=None, error=None, asked=[])

    def snapshot_download(
        hub_id: str, *, revision: str | None, local_dir: Path, allow_patterns: list[str]
    ) -> str:
        state.asked.append((hub_id, revision, tuple(allow_patterns)))
        if state.error is not None:
            raise state.error
        shutil.copytree(state.source, local_dir, dirs_exist_ok=True)
        return str(local_dir)

    monkeypatch.setattr("huggingface_hub.snapshot_download", snapshot_download)
    return state


def test_a_pulled_model_is_whole_and_found(
    hub: SimpleNamespace, random_model: Path, tmp_path: Path
) -> None:
    hub.source = random_model
    folder = pull_model("someone/some-model", cache=tmp_path / "c")
    assert folder == pulled_folder(tmp_path / "c", "someone/some-model")
    assert not folder.with_name(folder.name + ".part").exists()
    found = find_engine("someone/some-model", cache=tmp_path / "c")
    assert found is not None
    assert len(hub.asked) == 1
    again = find_engine("someone/some-model", cache=tmp_path / "c", download=True)
    assert again is not None
    assert len(hub.asked) == 1


def test_the_command_pulls_and_says_where_to(
    hub: SimpleNamespace, random_model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.source = random_model
    zhen("models", "pull", "someone/some-model")
    folder = pulled_folder(cache_folder(), "someone/some-model")
    assert capsys.readouterr().out == f"{folder}\n"
    assert (folder / "model.bin").is_file()


def test_download_fetches_what_is_not_there(
    hub: SimpleNamespace, random_model: Path, tmp_path: Path
) -> None:
    hub.source = random_model
    found = find_engine("someone/some-model", cache=tmp_path / "c", download=True)
    assert found is not None
    assert found.name == "someone/some-model"


def test_what_is_no_model_does_not_replace_one(
    hub: SimpleNamespace, random_model: Path, tmp_path: Path
) -> None:
    hub.source = random_model
    folder = pull_model("someone/some-model", cache=tmp_path / "c")
    (tmp_path / "empty").mkdir()
    hub.source = tmp_path / "empty"
    (folder.with_name(folder.name + ".part")).mkdir()
    with pytest.raises(EngineError, match=r"config\.json is missing"):
        pull_model("someone/some-model", cache=tmp_path / "c")
    assert (folder / "model.bin").is_file()


@pytest.mark.parametrize(
    ("error", "wanted"),
    [
        (HFValidationError("bad"), "not the name of a model"),
        (ConnectionError("no route\nto host"), "cannot be reached"),
        (
            HfHubHTTPError(
                "gone", response=httpx.Response(404, request=httpx.Request("GET", "http://x"))
            ),
            "404",
        ),
    ],
)
def test_every_failure_is_one_line(
    hub: SimpleNamespace, tmp_path: Path, error: Exception, wanted: str
) -> None:
    hub.error = error
    with pytest.raises(EngineError, match=wanted) as raised:
        pull_model("someone/some-model", cache=tmp_path / "c")
    assert "\n" not in str(raised.value)
