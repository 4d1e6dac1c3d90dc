"""``--engine`` and ``--download``: they reach the engine, and nothing is fetched without being asked."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from models.engines import EngineError
from tasks.driver import revisions
from tasks.emit.summary import describe
from tests.flows.runs.helpers import zhen
from tests.models.engines.random_model import write_random_model
from tests.pages import inbox

HUB_ID = "someone/some-model"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write_random_model(tmp_path / "model")


@pytest.fixture
def asked(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a hub without a network was asked for; it has one model."""
    calls: list[str] = []

    def snapshot_download(repo_id: str, *, local_dir: Path, **_: Any) -> str:
        calls.append(repo_id)
        shutil.copytree(model, local_dir, dirs_exist_ok=True)
        return str(local_dir)

    monkeypatch.setattr("huggingface_hub.snapshot_download", snapshot_download)
    monkeypatch.setenv("ZHEN_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    revisions._engine_spec.cache_clear()
    return calls


def test_a_model_is_fetched_only_when_asked_for(tmp_path: Path, asked: list[str]) -> None:
    run = ("run", inbox(tmp_path / "in"), "--out", tmp_path / "out", "--no-prefect",
           "--translator", HUB_ID)  # fmt: skip
    with pytest.raises(EngineError, match="zhen models pull someone/some-model"):
        zhen(*run)
    with pytest.raises(EngineError, match="not on this machine"):
        zhen(*run, "--dry-run", "--download")
    assert asked == []
    zhen(*run, "--download")
    assert asked == [HUB_ID]
    assert describe(tmp_path / "out").engine == HUB_ID
    zhen(*run, "--download", "--set", "align.band=11")  # it is here now
    assert asked == [HUB_ID]


def test_a_look_at_a_corpus_fetches_nothing(
    tmp_path: Path, asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    zhen("run", inbox(tmp_path / "in"), "--out", tmp_path / "out", "--no-prefect",
         "--translator", HUB_ID, "--download")  # fmt: skip
    shutil.rmtree(tmp_path / "cache")
    revisions._engine_spec.cache_clear()
    capsys.readouterr()
    zhen("status", tmp_path / "out")
    assert "cannot be told: model someone/some-model is not on this machine" in (
        capsys.readouterr().out
    )
    assert asked == [HUB_ID]


def test_the_engine_is_the_one_that_is_named(
    tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHEN_CACHE_DIR", str(tmp_path / "cache"))
    folder = inbox(tmp_path / "in")
    run = ("run", folder, "--out", tmp_path / "out", "--no-prefect", "--translator", model)
    with pytest.raises(EngineError, match="the transformers engine needs the original"):
        zhen(*run, "--engine", "transformers")
    zhen(*run, "--engine", "ct2")
    manifest = (tmp_path / "out" / "manifest.json").read_text("utf-8")
    assert '"ctranslate2 model ' in manifest


@pytest.mark.parametrize("more", [["--engine", "transformers"], ["--download"]])
def test_translate_takes_the_same_options(
    tmp_path: Path, asked: list[str], model: Path, more: list[str]
) -> None:
    (tmp_path / "a.txt").write_text("The bridge opened on Monday.\n", encoding="utf-8")
    translate = ("translate", tmp_path / "a.txt", "--to", "zh", "--out", tmp_path / "b.txt")
    if more == ["--download"]:
        with pytest.raises(EngineError, match="not on this machine"):
            zhen(*translate, "--translator", HUB_ID)
        zhen(*translate, "--translator", HUB_ID, *more)
        assert asked == [HUB_ID]
    else:
        with pytest.raises(EngineError, match="needs the original"):
            zhen(*translate, "--translator", model, *more)
