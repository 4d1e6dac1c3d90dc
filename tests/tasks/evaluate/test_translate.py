import json
from pathlib import Path

import pytest

from models.engines import EN_ZH, ZH_EN, Decoding, EngineError
from models.glossary import Glossary, Term
from models.records import Lang
from tasks.evaluate.translate import (
    TestSetError,
    evaluate_testset,
    evaluate_translation,
    format_scores,
    read_test_set,
    score_records,
)
from tests.conftest import evaluation_folder
from tests.flows.runs.helpers import zhen
from tests.models.engines.random_model import write_random_model
from tests.tasks.translate.fakes import FakeEngine

PAIRS = [
    ("工厂今年在上海投产。", "The plant opens in Shanghai this year."),
    ("这辆车的价格是300元。", "The car costs 300 yuan."),
    ("宁德时代生产电池。", "CATL makes batteries."),
]


@pytest.fixture
def test_set(tmp_path: Path) -> Path:
    path = tmp_path / "small.tsv"
    path.write_text("".join(f"{zh}\t{en}\tdoc1\n" for zh, en in PAIRS), encoding="utf-8")
    return path


def perfect(text: str, target: Lang, decoding: Decoding | None) -> str:
    return dict(PAIRS)[text] if target is Lang.EN else {en: zh for zh, en in PAIRS}[text]


@pytest.mark.parametrize(("direction", "tokeniser"), [(ZH_EN, "tok:13a"), (EN_ZH, "tok:zh")])
def test_a_perfect_translation_has_full_marks(test_set: Path, direction, tokeniser: str) -> None:  # type: ignore[no-untyped-def]
    scores = evaluate_translation(test_set, FakeEngine(perfect), direction)
    assert (scores.bleu, scores.chrf) == (100.0, 100.0)
    assert tokeniser in scores.bleu_signature
    assert "nc:6" in scores.chrf_signature
    assert (scores.test_set, scores.sentences, scores.revision) == ("small", 3, "r1")
    assert json.loads(json.dumps(score_records([scores])))[0]["counts"]["failed"] == 0
    assert "BLEU 100.00" in "\n".join(scores.lines())


def test_failures_count_as_empty_and_are_written_as_empty_lines(
    test_set: Path, tmp_path: Path
) -> None:
    def rule(text: str, target: Lang, decoding: Decoding | None) -> str:
        return "" if "价格" in text else perfect(text, target, decoding)

    out = tmp_path / "out.txt"
    scores = evaluate_translation(test_set, FakeEngine(rule), ZH_EN, write=out)
    assert scores.chrf < 80
    assert scores.counts.failed == 1
    assert out.read_text(encoding="utf-8").split("\n") == [PAIRS[0][1], "", PAIRS[2][1], ""]


def test_terms_are_counted_where_the_reference_has_them(test_set: Path) -> None:
    glossary = Glossary(
        [
            Term(("宁德时代",), ("CATL",)),
            Term(("工厂",), ("factory",)),
            Term(("上海",), ("Shanghai",)),
        ]
    )

    def rule(text: str, target: Lang, decoding: Decoding | None) -> str:
        return (
            perfect(text, target, decoding).replace("Shanghai", "the city")
            if text in dict(PAIRS)
            else text
        )

    scores = evaluate_translation(test_set, FakeEngine(rule), ZH_EN, glossary=glossary)
    assert (scores.terms, scores.terms_right) == (2, 1)
    assert "terms right 1/2 (50.0%)" in "\n".join(scores.lines())


@pytest.mark.parametrize("text", ["", "\n\n", "只有一列\n", "好\tgood\n坏\t\n"])
def test_a_test_set_that_cannot_be_read_is_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TestSetError, match=r"bad\.tsv"):
        read_test_set(path)
    with pytest.raises(TestSetError, match=r"none\.tsv"):
        read_test_set(tmp_path / "none.tsv")


def test_a_limit_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "two.tsv"
    path.write_text("\ufeff好\tgood\r\n坏\tbad\r\n", encoding="utf-8")
    assert read_test_set(path) == [("好", "good"), ("坏", "bad")]
    assert read_test_set(path, 1) == [("好", "good")]


def test_a_translator_is_found_loaded_and_scored_in_both_directions(
    test_set: Path, tmp_path: Path
) -> None:
    folder = write_random_model(tmp_path / "model")
    out = tmp_path / "out.txt"
    rows = evaluate_testset(test_set, [ZH_EN, EN_ZH], translator=str(folder), write=out)
    assert [row.direction for row in rows] == ["zh-en", "en-zh"]
    assert len((tmp_path / "out.txt.en-zh").read_text(encoding="utf-8").split("\n")) == 4
    assert format_scores(rows).count("BLEU") == 2
    (folder / "zhen.json").write_text('{"directions": ["zh-en"]}')
    (row,) = evaluate_testset(test_set, [ZH_EN, EN_ZH], translator=str(folder), write=out)
    assert out.is_file()
    assert row.direction == "zh-en"
    with pytest.raises(EngineError, match="does not translate en to zh"):
        evaluate_testset(test_set, [EN_ZH], translator=str(folder))
    with pytest.raises(EngineError, match="zhen models pull"):
        evaluate_testset(test_set, [EN_ZH], translator="none")


def test_the_test_sets_beside_the_project_can_be_read() -> None:
    folder = evaluation_folder("testsets")
    if folder is None:
        pytest.skip("no evaluation data here")
    for path in sorted(folder.glob("*.tsv")):
        assert len(read_test_set(path)) > 900


def test_the_command_counts_the_terms_of_a_glossary(
    test_set: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_random_model(tmp_path / "model")
    (tmp_path / "terms.tsv").write_text("工厂\tplant\t\n", encoding="utf-8")
    options = ("eval", "translate", test_set, "--direction", "zh-en", "--translator", folder)
    zhen(*options, "--json")
    assert json.loads(capsys.readouterr().out)[0]["terms"] == 0
    zhen(*options, "--json", "--glossary", "none")  # as for a run
    assert json.loads(capsys.readouterr().out)[0]["terms"] == 0
    zhen(*options, "--json", "--glossary", tmp_path / "terms.tsv")
    assert json.loads(capsys.readouterr().out)[0]["terms"] >= 1
    with pytest.raises(EngineError, match="the transformers engine needs the original"):
        zhen(*options, "--engine", "transformers")
