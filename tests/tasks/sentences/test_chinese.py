"""Chinese sentence boundaries: in chinese.txt each line is one block, ``|`` marks where to cut."""

from pathlib import Path

import pytest

from models.records import Lang
from tasks.sentences import split_sentences

CASES = (Path(__file__).parent / "chinese.txt").read_text("utf-8").rstrip("\n").split("\n")


@pytest.mark.parametrize("case", CASES)
def test_chinese(case: str) -> None:
    text = case.replace("|", "")
    found = [text[start:end] for start, end in split_sentences(text, Lang.ZH)]
    assert found == [part.strip() for part in case.split("|")]


def test_an_open_quote_swallows_nothing() -> None:
    assert len(split_sentences("“一。二。三。四", Lang.ZH)) == 4


def test_a_mark_alone_is_no_sentence() -> None:
    for text in ("他走了。 ”", "” 他走了。", "他走了。。。。", "……他走了。"):
        assert len(split_sentences(text, Lang.ZH)) == 1


def test_the_same_marks_in_ascii_and_full_width_cut_alike() -> None:
    wide = split_sentences("你好吗？我很好！再见。", Lang.ZH)
    assert split_sentences("你好吗?我很好!再见.", Lang.ZH) == wide
