"""Models for the engine tests: one of random weights, and one that the test run trains itself."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from models.training.data import DataSettings
from models.training.translator import Trained, train_translator
from models.training.translator_settings import TranslatorSettings
from tests.models.engines.random_model import write_random_model
from tests.models.training.grammar import pairs, write_pairs


@dataclass(frozen=True)
class Tiny:
    """A trained model in both formats, with the pairs it was trained on."""

    model: Path
    converted: Path
    pairs: list[tuple[str, str]]
    trained: Trained


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    folder = tmp_path_factory.mktemp("tiny")
    zh, en = write_pairs(folder, 60)
    trained = train_translator(
        folder / "out",
        zh=zh,
        en=en,
        settings=TranslatorSettings.tiny(
            steps=260, checkpoint_every=260, d_model=96, learning_rate=3e-3, warmup=30
        ),
        data_settings=DataSettings(vocabulary=440, valid_pairs=0),
    )
    assert trained.converted is not None
    return Tiny(trained.model, trained.converted, pairs(60), trained)


@pytest.fixture(scope="session")
def random_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A CTranslate2 folder that translates both directions to nonsense, but always the same."""
    return write_random_model(tmp_path_factory.mktemp("random") / "model")


@pytest.fixture(autouse=True)
def own_caches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the caches of the machine it runs on."""
    monkeypatch.setenv("ZHEN_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
