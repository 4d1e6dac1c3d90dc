"""English sentence boundaries: in english.txt each line is one block, ``|`` marks where to cut."""

from pathlib import Path

import pytest

from models.records import Lang
from tasks.sentences import split_sentences

CASES = (Path(__file__).parent / "english.txt").read_text("utf-8").rstrip("\n").split("\n")


@pytest.mark.parametrize("case", CASES)
def test_english(case: str) -> None:
    text = case.replace("|", " ")
    found = [text[start:end] for start, end in split_sentences(text, Lang.EN)]
    assert found == [part.strip() for part in case.split("|")]


@pytest.mark.parametrize(
    "text",
    ["It was halved directly.The monthly fee fell.", 'It is effectively "free."Dylan speculates.'],
)
def test_a_lost_blank_does_not_glue_sentences(text: str) -> None:
    assert len(split_sentences(text, Lang.EN)) == 2


def test_an_open_quote_swallows_nothing() -> None:
    # A machine-translated page: the quotation never closes properly.
    text = 'When will it reach "HW3.0 owners in China? "'
    assert split_sentences(text, Lang.EN) == [(0, len(text))]
    text = '"It is open. It stays open. Nobody closes it. The next paragraph comes.'
    assert len(split_sentences(text, Lang.EN)) == 4


def test_a_quote_mark_alone_is_no_sentence() -> None:
    for text in ('He left. "', '" He left.', "He left! ”", "He left. * * *"):
        assert len(split_sentences(text, Lang.EN)) == 1
    assert split_sentences("* * *", Lang.EN) == [(0, 5)]


def test_full_width_marks_end_english_sentences_too() -> None:
    assert len(split_sentences("He left。 She stayed？ Yes！", Lang.EN)) == 3
