"""What all tests share: the seeds of the repository, and the evaluation folders when they are here."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# No deadlines: the first call of many functions loads a dictionary or a model. On CI the examples
# are the same in every run, so that a change is judged by itself.
settings.register_profile("zhen", deadline=None, print_blob=True)
settings.register_profile("zhen-ci", settings.get_profile("zhen"), derandomize=True)
settings.load_profile("zhen-ci" if os.environ.get("CI") else "zhen")

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
