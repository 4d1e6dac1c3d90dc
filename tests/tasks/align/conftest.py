import pytest

from models.lexicon import Lexicon
from models.training.lexicon import LexiconTraining, train
from tasks.align.tokens import tokenize_en, tokenize_zh
from tests.tasks.align.texts import sentences


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """A lexicon of the made-up words."""
    zh, en = sentences(600, seed=99)
    return train(
        tokenize_zh(zh),
        tokenize_en(en),
        edges={},
        settings=LexiconTraining(),
        source="made up",
    )
