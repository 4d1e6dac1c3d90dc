"""Measuring how well articles are paired."""

import lzma
from pathlib import Path

import pytest

from models.records import Lang
from tasks.evaluate.pair import (
    ParallelDocument,
    article_of,
    bitext_documents,
    evaluate_pairing,
    read_documents,
)
from tests.conftest import evaluation_folder
from tests.tasks.pair.stories import STORIES


def documents() -> list[ParallelDocument]:
    return [ParallelDocument(str(k), (zh,), (en,)) for k, (zh, en) in enumerate(STORIES)]


def test_documents_are_lines_with_the_same_id(tmp_path: Path) -> None:
    file = tmp_path / "set.tsv"
    file.write_bytes("一\tone\ta\n二\ttwo\tb\r\n三\tthree\ta\n".encode())
    assert read_documents(file) == [
        ParallelDocument("a", ("一", "三"), ("one", "three")),
        ParallelDocument("b", ("二",), ("two",)),
    ]
    file.write_text("一\tone\n")
    with pytest.raises(ValueError, match=r"set\.tsv:1: expected Chinese, English and document id"):
        read_documents(file)


@pytest.mark.parametrize("traditional", [False, True])
def test_the_stories_of_the_tests_are_paired(traditional: bool) -> None:
    found = evaluate_pairing(documents(), traditional=traditional)
    assert (found.gold, found.found, found.right) == (4, 4, 4)
    assert found.precision == found.recall == 1


def test_articles_left_alone_are_no_pairs_to_find() -> None:
    found = evaluate_pairing(documents(), alone=1.0)
    assert (found.gold, found.found) == (0, 0)
    assert found.precision == found.recall == 1


def test_documents_made_from_a_bitext_keep_to_the_lines_asked_for(tmp_path: Path) -> None:
    count = 400 * 9
    for name in ("zh", "en"):
        with lzma.open(tmp_path / f"train.{name}.xz", "wt", encoding="utf-8") as file:
            file.writelines(f"{name} {number}\n" for number in range(count))
    held = bitext_documents(tmp_path, sizes=(10, 20), lost=0.0)
    lines = [line for document in held for line in document.zh]
    assert set(lines) <= {f"zh {number}" for number in range(2800, 3200)}
    assert all(len(document.zh) == len(document.en) <= 20 for document in held)
    others = bitext_documents(tmp_path, sizes=(10, 20), lost=0.5, held=False)
    assert not {line for document in others for line in document.zh} & set(lines)
    assert others == bitext_documents(tmp_path, sizes=(10, 20), lost=0.5, held=False)
    assert any(len(document.zh) != len(document.en) for document in others)


def test_the_sentences_of_an_article_are_its_text() -> None:
    article = article_of(["一。", "二三。"], Lang.ZH, "x")
    text = article.blocks[0].text
    assert [text[slice(*sentence.at)] for sentence in article.sentences] == ["一。", "二三。"]


@pytest.mark.slow
@pytest.mark.parametrize("traditional", [False, True])
def test_ntrex_documents_are_paired(traditional: bool) -> None:
    folder = evaluation_folder("testsets")
    if folder is None:
        pytest.skip("no evaluation data")
    found = evaluate_pairing(read_documents(folder / "ntrex.en-zh-cn.tsv"), traditional=traditional)
    assert found.precision >= 0.99
    assert found.recall >= 0.97
