"""What all tests share: the seeds of the repository, and the evaluation folders when they are here."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The five sample articles of the main job."""
    return ROOT / "seeds"


def evaluation_folder(name: str) -> Path | None:
    """A folder of evaluation data beside ``ZHEN_BENCH`` (``bench``, ``testsets``); None when absent."""
    bench = Path(os.environ.get("ZHEN_BENCH", ROOT.parent / "shared" / "bench"))
    folder = bench if name == "bench" else bench.parent / name
    return folder if folder.is_dir() else None
