from pathlib import Path

import pytest

from models.lexicon import Lexicon
from tasks.evaluate.align import evaluate, format_scores, score, score_records
from tasks.evaluate.align_gold import GoldDocument, GoldSet, format_beads, read_gold, with_deletions
from tasks.evaluate.gate import LINES, Verdict, format_verdicts, main, run_gate, updated


def write_set(folder: Path, *, flipped: bool = False) -> Path:
    zh = "".join(f"第{k}句话说的是 Name{k} 和他的朋友。\n" for k in range(20))
    en = "".join(f"Sentence {k} is about Name{k} and his friend.\n" for k in range(20))
    for name, text in (("src", en if flipped else zh), ("tgt", zh if flipped else en)):
        (folder / name).mkdir(parents=True)
        (folder / name / "001").write_text(text, encoding="utf-8")
    (folder / "gold").mkdir()
    gold = "".join(f"[{k}]:[{k}]\n" for k in range(20))
    (folder / "gold" / "001.align").write_text(gold, encoding="utf-8")
    return folder


def gold(*beads: tuple[tuple[int, ...], tuple[int, ...]]) -> GoldSet:
    return GoldSet("g", (GoldDocument("d", (), (), beads),), "")


def test_strict_and_lax() -> None:
    g = gold(((0,), (0,)), ((1, 2), (1,)), ((3,), ()), ((4,), (2,)))
    row = score(g, [[((0,), (0,)), ((1,), (1,)), ((2,), ()), ((3,), ()), ((4,), (2,))]])
    assert row.precision == pytest.approx(3 / 5)
    assert row.recall == pytest.approx(3 / 4)
    assert row.f1 == pytest.approx(2 * 3 / 9)
    # Lax: (1),(1) touches the gold bead; the wrong null does not.
    assert row.lax_f1 == pytest.approx(2 * (4 / 5) * 1.0 / (4 / 5 + 1.0))
    # Vecalign's recall leaves the gold null out.
    assert row.vecalign_f1 == pytest.approx(2 * (3 / 5) * (2 / 3) / (3 / 5 + 2 / 3))
    assert (row.null_precision, row.null_recall) == (0.5, 1.0)


@pytest.mark.parametrize("flipped", [False, True])
def test_evaluates_and_writes_either_direction(tmp_path: Path, flipped: bool) -> None:
    folder = write_set(tmp_path / "set", flipped=flipped)
    rows = evaluate([tmp_path], lexicon=Lexicon.empty(), write=tmp_path / "out")
    assert rows[0].f1 == 1.0
    written = (tmp_path / "out" / "set" / "001.align").read_text(encoding="utf-8")
    assert written == (folder / "gold" / "001.align").read_text(encoding="utf-8")
    assert "strict F1" in format_scores(rows)
    assert score_records(rows)[0]["beads"] == 20


def test_folders_that_are_no_gold(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no gold alignments"):
        evaluate([tmp_path])
    folder = write_set(tmp_path / "set")
    (folder / "gold" / "001.align").write_text("[0]:[99]\n", encoding="utf-8")
    with pytest.raises(ValueError, match="not there"):
        read_gold(folder)
    (folder / "gold" / "001.align").write_text("nonsense\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 1: not a bead"):
        read_gold(folder)


def test_gold_format() -> None:
    beads = [((0,), (0, 1)), ((), (2,))]
    assert format_beads(beads, flipped=True) == "[0, 1]:[0]\n[2]:[]\n"


def test_deletions_are_seeded_and_consistent(tmp_path: Path) -> None:
    full = read_gold(write_set(tmp_path / "set"))
    one, same, other = (with_deletions(full, 0.25, seed) for seed in (1, 1, 2))
    assert one == same
    assert one.documents[0].beads != other.documents[0].beads
    document = one.documents[0]
    assert sorted(x for a, _ in document.beads for x in a) == list(range(len(document.zh)))
    assert sorted(x for _, b in document.beads for x in b) == list(range(len(document.en)))
    assert any(not a or not b for a, b in document.beads)


def test_gate_without_data_passes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ZHEN_BENCH", raising=False)
    assert main([]) == 0
    printed = capsys.readouterr().out
    assert printed.count("NOT MEASURED") >= len(LINES)
    assert main(["--lower"]) == 2


def test_gate_breaks_on_a_floor_and_on_other_data(tmp_path: Path) -> None:
    write_set(tmp_path / "academic")
    digest = read_gold(tmp_path / "academic").digest
    name = LINES[-1].name
    good = run_gate(tmp_path, {name: {"strict_f1": 0.5, "gold": digest}})
    assert [v.passed for v in good if v.measured is not None] == [True]
    high = run_gate(tmp_path, {name: {"strict_f1": 1.1, "gold": digest}})
    assert not all(v.passed for v in high)
    other = run_gate(tmp_path, {name: {"strict_f1": 0.5, "gold": "else"}})
    assert not all(v.passed for v in other)
    assert "BROKEN" in format_verdicts(other)


def test_floors_only_fall_when_asked() -> None:
    verdicts = [Verdict("a: f1", 0.9, 0.8), Verdict("b: f1", 0.5, 0.8)]
    floors: dict[str, dict[str, float | str]] = {"a": {"f1": 0.9}, "b": {"f1": 0.5}}
    digests = {"a": "x", "b": "y"}
    new = updated(verdicts, floors, digests, lower=False)
    assert new["a"]["f1"] == 0.9
    assert new["b"]["f1"] == 0.796
    assert updated(verdicts, floors, digests, lower=True)["a"]["f1"] == 0.796
