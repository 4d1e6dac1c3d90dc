"""A known pair with a side that hardly reads as its language is aligned all the same."""

from pathlib import Path

from flows.config import load_config
from tasks.driver import SerialExecutor, make_plan, run


def test_a_pair_of_mostly_foreign_text_does_not_stop_the_run(tmp_path: Path) -> None:
    # The aligner refuses such a side when a person aligns two files; a batch must go on.
    folder = tmp_path / "in"
    folder.mkdir()
    names = (
        "Volkswagen Mercedes Hyundai Mitsubishi Lamborghini Rolls-Royce Chevrolet Peugeot Renault"
    )
    (folder / "a.zh.txt").write_text(
        f"今天参展的品牌有：{names}。{names}。{names}。", encoding="utf-8"
    )
    (folder / "a.en.txt").write_text(
        f"Today's brands: {names}. {names}. {names}.", encoding="utf-8"
    )
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("a.zh.txt\ta.en.txt\n", encoding="utf-8")
    settings = load_config(environment={}, flags=[]).settings
    outcome = run(
        make_plan([folder], tmp_path / "out", settings, pairs_file=pairs), SerialExecutor()
    )
    assert sum(outcome.summary.articles.values()) == 2
