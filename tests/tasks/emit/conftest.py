from pathlib import Path

import pytest

from models.manifest import Summary
from tasks.emit.card import write_card
from tasks.emit.corpus import Corpus
from tasks.emit.exports import DEFAULT_FORMATS, export_bitext
from tasks.emit.report import write_report
from tasks.emit.summary import summarise
from tests.tasks.emit.sample import make_sample


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The line files of the sample corpus, nothing else; not to be written to."""
    return make_sample().write(tmp_path_factory.mktemp("lines") / "corpus")


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """The line files of the sample corpus, in a folder of one's own."""
    return make_sample().write(tmp_path / "corpus")


@pytest.fixture(scope="session")
def whole_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample corpus with exports, report and card; not to be written to."""
    folder = make_sample().write(tmp_path_factory.mktemp("whole") / "corpus")
    build(folder)
    return folder


def build(folder: Path) -> Summary:
    """Make everything that is made from the line files."""
    corpus = Corpus(folder)
    summary = summarise(corpus, files=7, documents=8)
    export_bitext(corpus, DEFAULT_FORMATS, folder / "exports")
    write_report(folder, summary)
    write_card(folder, summary)
    return summary
