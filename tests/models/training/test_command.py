"""The commands that train and convert: their settings, and what they need to run."""

import subprocess
import sys
from pathlib import Path

import pytest

from models.training.data import DataSettings, prepare_data
from models.training.errors import TrainingError
from models.training.translator_settings import TranslatorSettings, with_values
from tests.flows.runs.helpers import zhen
from tests.models.training.grammar import pairs, write_pairs

ROOT = Path(__file__).resolve().parents[3]

TINY = ["d_model=32", "ffn=64", "heads=2", "encoder_layers=1", "decoder_layers=1",
        "batch_tokens=400", "steps=3", "valid_pairs=0", "threads=1", "device=cpu"]  # fmt: skip

#: Runs a module with every package missing but those that a GPU machine has.
_BARE = """
import runpy, sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in MISSING:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
MISSING = {"flows", "tasks", "jieba", "langdetect", "prefect", "ctranslate2", "opencc", "pydantic",
           "typer", "ftfy", "trafilatura", "sacrebleu"}
sys.meta_path.insert(0, Missing())
import importlib.util
found = importlib.util.find_spec
importlib.util.find_spec = lambda name: None if name in MISSING else found(name)
runpy.run_module("models.training", run_name="__main__", alter_sys=True)
"""


def test_settings_are_read_by_their_kind() -> None:
    given = ["d_model=256", "learning_rate=1e-3", "minutes=none", "precision=bfloat16"]
    settings = with_values(TranslatorSettings(), given)
    assert (settings.d_model, settings.learning_rate) == (256, 1e-3)
    assert (settings.minutes, settings.precision) == (None, "bfloat16")
    assert with_values(DataSettings(), ["vocabulary=6000"]).vocabulary == 6000
    assert with_values(settings, []) == settings


@pytest.mark.parametrize("text", ["d_modl=3", "d_model", "d_model=big", "device=tpu", "steps=none"])
def test_a_setting_that_is_none_is_named(text: str) -> None:
    with pytest.raises(TrainingError, match=text.partition("=")[0]):
        with_values(TranslatorSettings(), [text])


def test_settings_that_hold_settings_cannot_be_given_as_text() -> None:
    with pytest.raises(TrainingError, match="noise"):
        with_values(DataSettings(), ["noise=0"])


@pytest.mark.slow
def test_training_needs_no_package_that_a_gpu_machine_lacks(tmp_path: Path) -> None:
    zh, en = write_pairs(tmp_path, 40)
    prepare_data(zh, en, tmp_path / "data", DataSettings(vocabulary=440, valid_pairs=0))
    sets = [part for value in TINY for part in ("--set", value)]
    arguments = ["--data", tmp_path / "data", "--out", tmp_path / "out", *sets]
    done = subprocess.run(
        [sys.executable, "-c", _BARE, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "step 3/3" in done.stdout
    assert "ctranslate2 is not installed" in done.stdout
    assert (tmp_path / "out" / "model" / "model.safetensors").is_file()
    done = subprocess.run(
        [sys.executable, "-c", _BARE, "--data", str(tmp_path), "--out", str(tmp_path / "other")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == f"{tmp_path} holds no prepared training data (meta.json is missing)\n"


@pytest.mark.slow
def test_from_two_files_to_a_model_that_translates(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Every command on the way: prepare, train, convert, use.
    zh, en = write_pairs(tmp_path, 60)
    data, out = tmp_path / "data", tmp_path / "out"
    zhen("train", "translator", "--zh", zh, "--en", en, "--out", data, "--prepare-only",
         "--set-data", "vocabulary=440", "--set-data", "valid_pairs=0")  # fmt: skip
    sets = [part for value in TINY for part in ("--set", value)]
    zhen("train", "translator", "--data", data, "--out", out, *sets)
    zhen("models", "convert", out / "model", "--out", tmp_path / "ship")
    printed = capsys.readouterr().out
    assert "3 batches" in printed
    assert f"{tmp_path / 'ship'}: en-zh, zh-en, " in printed
    assert (tmp_path / "ship" / "model.bin").read_bytes() == (
        out / "ctranslate2" / "model.bin"
    ).read_bytes()
    source = tmp_path / "a.txt"
    source.write_text(pairs(1)[0][0] + "\n", encoding="utf-8")
    zhen("translate", source, "--to", "en", "--out", tmp_path / "b.txt", "--translator",
         tmp_path / "ship")  # fmt: skip
    assert (tmp_path / "b.txt").is_file()
