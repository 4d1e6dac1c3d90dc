from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.engines import Decoding, Translation
from models.glossary import Glossary, Term
from models.records import Flag, Lang
from tasks.translate import (
    Fault,
    Outcome,
    TranslationCache,
)
from tests.tasks.translate.fakes import (
    DyingEngine,
    FakeEngine,
    copying,
    empty,
    endless,
    looping,
    run,
    spelled,
)

TEXTS = ["工厂今年投产。", "产量为300辆。", "“工厂今年投产。”", "2025", "价格下降8元。"]


def test_each_sentence_is_translated_once_and_quotes_do_not_make_it_another() -> None:
    engine = FakeEngine()
    outcomes, counts = run([*TEXTS, *TEXTS], engine)
    assert sorted(engine.asked) == sorted(["工厂今年投产。", "产量为300辆。", "价格下降8元。"])
    assert outcomes[0].text == spelled("工厂今年投产。", Lang.EN)
    assert outcomes[2].text == f"“{outcomes[0].text}”"
    assert outcomes[3].text == "2025"
    assert outcomes[:5] == outcomes[5:]
    assert (counts.sentences, counts.unique, counts.copied, counts.translated) == (10, 3, 2, 3)


def test_a_second_run_translates_nothing_and_a_changed_sentence_costs_one(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    first, _ = run(TEXTS, FakeEngine(), TranslationCache(path))
    again = FakeEngine()
    second, counts = run(TEXTS, again, TranslationCache(path))
    assert second == first
    assert again.calls == 0
    assert counts.cached == counts.unique == 3
    changed = FakeEngine()
    run([*TEXTS[:4], "价格上升8元。"], changed, TranslationCache(path))
    assert changed.asked == ["价格上升8元。"]


def test_another_revision_or_other_settings_are_another_translation() -> None:
    cache = TranslationCache()
    run(TEXTS, FakeEngine(), cache)
    for engine in (FakeEngine(revision="r2"), FakeEngine(settings={"beam": 1})):
        run(TEXTS, engine, cache)
        assert len(engine.asked) == 3


def test_failures_are_remembered_too() -> None:
    cache = TranslationCache()
    outcomes, counts = run(["工厂今年投产。"], FakeEngine(empty), cache)
    assert outcomes[0] == Outcome("", None, (Fault.EMPTY,))
    assert outcomes[0].flags == (Flag.TRANSLATION_FAILED,)
    assert counts.failed == 1
    assert counts.faults == {"empty": 1}
    again = FakeEngine(empty)
    assert run(["工厂今年投产。"], again, cache)[0] == outcomes
    assert again.calls == 0


@pytest.mark.parametrize("rule", [looping, empty, copying, endless])
def test_garbage_becomes_a_flagged_absence(rule) -> None:  # type: ignore[no-untyped-def]
    outcomes, counts = run(["这家工厂今年在上海投产。"], FakeEngine(rule))
    assert outcomes[0].text == ""
    assert outcomes[0].failed
    assert counts.failed == counts.retried == 1


def test_a_loop_is_tried_again_with_another_search() -> None:
    def rule(text: str, target: Lang, decoding: Decoding | None) -> str:
        return spelled(text, target) if decoding and decoding.no_repeat_ngram else "so on " * 20

    outcomes, counts = run(["这家工厂今年在上海投产。"], FakeEngine(rule))
    assert outcomes[0].text == spelled("这家工厂今年在上海投产。", Lang.EN)
    assert outcomes[0].faults == ()
    assert (counts.retried, counts.failed) == (1, 0)


def test_a_sentence_that_only_works_in_parts_is_cut_at_its_clauses() -> None:
    text = "这家工厂今年在上海投产，明年还会在北京建一座。"

    def rule(part: str, target: Lang, decoding: Decoding | None) -> str:
        return "" if len(part) > 20 else spelled(part, target)

    outcomes, _ = run([text], FakeEngine(rule))
    parts = ["这家工厂今年在上海投产，", "明年还会在北京建一座。"]
    assert outcomes[0].text == " ".join(spelled(part, Lang.EN) for part in parts)


def test_lost_numbers_are_tried_again_then_flagged_but_kept() -> None:
    def rule(text: str, target: Lang, decoding: Decoding | None) -> str:
        return "The plant makes a number of cars"

    outcomes, counts = run(["工厂生产300辆车。"], FakeEngine(rule))
    assert outcomes[0].text == "The plant makes a number of cars"
    assert outcomes[0].flags == (Flag.NUMBER_MISMATCH,)
    assert counts.faults == {"numbers": 1}


def test_line_ends_and_controls_of_an_engine_never_come_through() -> None:
    def rule(text: str, target: Lang, decoding: Decoding | None) -> str:
        return "The plant\nopens\u2028this\x85year\x00 today\x1b."

    (outcome,), _ = run(["工厂今年投产。"], FakeEngine(rule))
    assert outcome.text == "The plant opens this year today."


def test_an_engine_that_dies_leaves_absences_that_the_next_run_fills() -> None:
    cache = TranslationCache()
    texts = [f"第{n}座工厂投产。" for n in range(40)]
    outcomes, counts = run(texts, DyingEngine(2), cache, chunk=8)
    assert [o.failed for o in outcomes] == [False] * 16 + [True] * 24
    assert all(not o.lasting and o.faults == (Fault.ENGINE,) for o in outcomes[16:])
    assert counts.failed == 24
    repaired = FakeEngine()
    again, _ = run(texts, repaired, cache, chunk=8)
    assert len(repaired.asked) == 24
    assert again == run(texts, FakeEngine())[0]


def test_a_dead_engine_is_not_asked_for_ever() -> None:
    engine = DyingEngine(0)
    run([f"第{n}座工厂投产。" for n in range(2000)], engine)
    assert engine.calls < 60


@pytest.mark.parametrize("error", [MemoryError(), OSError("gone"), ValueError("bad")])
def test_one_sentence_that_breaks_the_engine_costs_only_itself(error: Exception) -> None:
    class Picky(FakeEngine):
        def translate(self, texts, source, target, *, decoding=None):  # type: ignore[no-untyped-def]
            if any("坏" in text for text in texts):
                raise error
            return super().translate(texts, source, target, decoding=decoding)

    texts = [f"第{n}座工厂投产。" for n in range(9)] + ["坏的句子在这里。"]
    outcomes, _ = run(texts, Picky())
    assert [o.failed for o in outcomes] == [False] * 9 + [True]


def test_too_few_answers_are_no_answer() -> None:
    class Short(FakeEngine):
        def translate(self, texts, source, target, *, decoding=None):  # type: ignore[no-untyped-def]
            return super().translate(texts, source, target, decoding=decoding)[:-1]

    outcomes, _ = run(TEXTS, Short())
    assert [o.failed for o in outcomes] == [True, True, True, False, True]


def test_a_value_that_cannot_be_read_is_translated_again(tmp_path: Path) -> None:
    class Spoiled(TranslationCache):
        def get(self, keys: Sequence[bytes]) -> dict[bytes, str]:
            return (
                dict.fromkeys(keys, "{not json") if not self.spoiled_once() else super().get(keys)
            )

        def spoiled_once(self) -> bool:
            seen, self.seen = getattr(self, "seen", False), True
            return seen

    outcomes, _ = run(["工厂今年投产。"], FakeEngine(), Spoiled())
    assert outcomes[0].text == spelled("工厂今年投产。", Lang.EN)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.text(alphabet="工厂今年投产电池汽车价格0123，。“”A ", min_size=1, max_size=12)),
    st.integers(1, 5),
)
def test_a_result_depends_on_its_sentence_alone(texts: list[str], chunk: int) -> None:
    together, _ = run(texts, FakeEngine(), chunk=chunk)
    assert together == [run([text], FakeEngine())[0][0] for text in texts]


BATTERY = Term(("动力电池",), ("power battery", "traction battery"))
MAKER = Term(("宁德时代",), ("CATL",))
GLOSSARY = Glossary([BATTERY, MAKER])


def word_for_word(text: str, target: Lang, decoding: Decoding | None) -> str:
    """Copies Latin words and placeholders, and says something else for the rest."""
    table = {
        "宁德时代": "Ningde Era",
        "动力电池": "the traction battery",
        "生产": "produces",
        "。": ".",
    }
    out = text
    for zh, en in table.items():
        out = out.replace(zh, f" {en} ")
    return " ".join(out.split())


def test_a_missing_term_is_protected_by_the_target_term_in_the_source() -> None:
    (outcome,), counts = run(["宁德时代生产动力电池。"], FakeEngine(word_for_word), None, GLOSSARY)
    assert "CATL" in outcome.text
    assert outcome.faults == ()
    assert counts.retried == 1


def test_a_term_that_comes_out_in_any_accepted_form_costs_nothing() -> None:
    (outcome,), counts = run(
        ["宁德时代生产动力电池。"], FakeEngine(word_for_word), None, Glossary([BATTERY])
    )
    assert "traction battery" in outcome.text
    assert counts.retried == 0


def test_placeholders_are_used_where_the_model_knows_them() -> None:
    engine = FakeEngine(word_for_word, placeholders=("<t1>", "<t2>"))
    (outcome,), _ = run(["宁德时代生产动力电池。"], engine, None, GLOSSARY)
    assert engine.asked == ["宁德时代生产动力电池。", "<t1>生产<t2>。"]
    assert outcome.text == "CATL produces power battery ."


def test_a_broken_placeholder_is_not_taken() -> None:
    def rule(text: str, target: Lang, decoding: Decoding | None) -> str:
        return word_for_word(text.replace("<t1>", "it"), target, decoding)

    engine = FakeEngine(rule, placeholders=("<t1>", "<t2>"))
    (outcome,), _ = run(["宁德时代生产动力电池。"], engine, None, GLOSSARY)
    assert "CATL" in outcome.text
    assert "<t" not in outcome.text


def test_a_term_that_cannot_be_had_is_flagged_and_the_plain_translation_kept() -> None:
    def rule(text: str, target: Lang, decoding: Decoding | None) -> Translation:
        return Translation("The maker produces things.", -0.1)

    (outcome,), _ = run(["宁德时代生产产品。"], FakeEngine(rule), None, GLOSSARY)
    assert outcome.text == "The maker produces things."
    assert outcome.missing == ("CATL",)
    assert outcome.flags == (Flag.TERM_MISSING,)


def test_a_changed_term_costs_only_the_sentences_that_hold_it() -> None:
    cache = TranslationCache()
    texts = ["宁德时代生产产品。", "动力电池很贵。", "价格下降8元。"]
    run(texts, FakeEngine(), cache, GLOSSARY)
    engine = FakeEngine()
    changed = Glossary([Term(("动力电池",), ("EV battery",)), MAKER])
    run(texts, engine, cache, changed)
    assert set(engine.asked) == {"动力电池很贵。", "EV battery很贵。"}


def test_terms_can_be_left_unprotected() -> None:
    (outcome,), _ = run(
        ["宁德时代生产动力电池。"], FakeEngine(word_for_word), None, GLOSSARY, protect_terms=False
    )
    assert "Ningde Era" in outcome.text
    assert outcome.flags == (Flag.TERM_MISSING,)
