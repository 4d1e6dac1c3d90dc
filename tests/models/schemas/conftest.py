from pathlib import Path

import pytest

from tests.tasks.emit.sample import make_sample


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The line files of an invented corpus."""
    return make_sample().write(tmp_path_factory.mktemp("schemas") / "corpus")
