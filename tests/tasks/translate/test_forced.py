"""Terms that no retry brings out, forced in by prefixes."""

from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.engines import Decoding, EngineNote, Translation
from models.glossary import Glossary, Term
from models.glossary.glossary import contains
from models.records import Flag, Lang
from tasks.translate import (
    Fault,
    Outcome,
    TranslationCache,
)
from tasks.translate.attempts import Answer, Job
from tasks.translate.forced import best_forced, openings
from tasks.translate.terms import find_terms
from tests.tasks.translate import fakes
from tests.tasks.translate.fakes import FakeEngine, Rule

CATL = Term(("宁德时代",), ("CATL",))
BATTERY = Term(("动力电池",), ("power battery",))
GLOSSARY = Glossary([CATL, BATTERY])
SOURCE = "宁德时代昨天在上海展示了动力电池。"
PLAIN = "The firm showed it in Shanghai yesterday."


def job(text: str, source: Lang, target: Lang) -> Job:
    return Job(text, source, target, tuple(find_terms(text, source, GLOSSARY)))


def answer(text: str, *missing: str, score: float = -1.0, faults: tuple[Fault, ...] = ()) -> Answer:
    return Answer(text, score, (*faults, *([Fault.TERMS] if missing else [])), missing)


def test_the_first_missing_term_is_put_before_every_word_and_at_the_end() -> None:
    found = openings(job(SOURCE, Lang.ZH, Lang.EN), answer("It was shown.", "CATL"))
    assert found == ["CATL", "It CATL", "It was CATL", "It was shown CATL"]


def test_a_term_that_starts_an_english_sentence_has_a_capital() -> None:
    found = openings(job("动力电池很贵。", Lang.ZH, Lang.EN), answer("It is dear."))
    assert found[0] == "Power battery"
    assert found[1] == "It power battery"


def test_chinese_is_cut_between_characters_but_not_inside_latin_words() -> None:
    found = openings(job("CATL left Tesla.", Lang.EN, Lang.ZH), answer("它离开Tesla了。"))
    assert found == [
        "宁德时代",
        "它宁德时代",
        "它离宁德时代",
        "它离开宁德时代",
        "它离开Tesla宁德时代",
        "它离开Tesla了宁德时代",
    ]


def test_the_rest_of_the_answer_can_be_kept() -> None:
    found = openings(job(SOURCE, Lang.ZH, Lang.EN), answer("It was shown."), whole=True)
    assert found == [
        "CATL It was shown.",
        "It CATL was shown.",
        "It was CATL shown.",
        "It was shown CATL.",
    ]


def test_nothing_is_forced_where_nothing_is_missing() -> None:
    assert openings(job(SOURCE, Lang.ZH, Lang.EN), answer("CATL showed a power battery.")) == []


@given(st.text(alphabet="ab B1一二.,。， ", max_size=90), st.booleans(), st.booleans())
@settings(max_examples=200, deadline=None)
def test_every_opening_has_the_term_and_there_are_few(
    text: str, chinese: bool, whole: bool
) -> None:
    target = Lang.ZH if chinese else Lang.EN
    one = job(
        "CATL left." if chinese else "宁德时代走了。", Lang.EN if chinese else Lang.ZH, target
    )
    found = openings(one, answer(text), whole=whole)
    term = CATL.preferred(target)
    assert 1 <= len(found) <= 24
    assert len(set(found)) == len(found)
    assert all(contains(opening, term, target) for opening in found)


def test_the_likeliest_of_the_faultless_is_taken_and_it_must_have_more_terms() -> None:
    plain = answer("a", "CATL", "power battery")
    likely = answer("b", "power battery", score=-0.5)
    assert best_forced(plain, [answer("c", "power battery", score=-0.6), likely]) == likely
    looping = answer("d", score=-0.1, faults=(Fault.LOOP,))
    assert best_forced(plain, [looping, likely]) == likely
    assert best_forced(plain, [looping]) == plain
    assert best_forced(plain, [answer("e", "CATL", "power battery", score=-0.1)]) == plain
    assert best_forced(plain, []) == plain


class PrefixFake(FakeEngine):
    """Completes by a rule too: prefix, to what follows it (None: the words of PLAIN) and score."""

    def __init__(
        self, rule: Rule | None = None, finish: "dict[str, Translation] | None" = None
    ) -> None:
        super().__init__(rule or (lambda text, target, decoding: Translation(PLAIN, -0.2)))
        self.finish = finish or {}
        self.begun: list[str] = []

    def complete(
        self,
        texts: list[str],
        prefixes: list[str],
        source: Lang,
        target: Lang,
        *,
        decoding: Decoding | None = None,
    ) -> list[Translation]:
        self.calls += 1
        self.begun += prefixes
        return [self.finish.get(p) or Translation(f"{p} and more.", -3.0) for p in prefixes]


run = partial(fakes.run, glossary=GLOSSARY)


def test_a_term_goes_where_the_model_finds_it_likeliest() -> None:
    best = Translation("The firm showed CATL in Shanghai.", -0.4)
    (outcome,), counts = run(
        ["宁德时代在上海。"], PrefixFake(finish={"The firm showed CATL": best})
    )
    assert outcome == Outcome(best.text, -0.4)
    assert counts.faults == {}


def test_several_terms_come_one_after_the_other() -> None:
    engine = PrefixFake(
        finish={
            "CATL": Translation("CATL showed it in Shanghai.", -0.4),
            "CATL showed power battery": Translation("CATL showed power battery cells.", -0.5),
        }
    )
    (outcome,), _ = run([SOURCE], engine)
    assert outcome.text == "CATL showed power battery cells."
    assert outcome.faults == ()


def test_a_completion_that_the_guards_refuse_is_not_taken() -> None:
    loop = Translation("CATL and so on " + "and so on " * 20, -0.01)
    cut = Translation("The firm CATL goes on", -0.01, (EngineNote.TRUNCATED,))
    engine = PrefixFake(finish={"CATL": loop, "The CATL": cut})
    (outcome,), _ = run(["宁德时代在上海。"], engine)
    assert outcome.text not in (loop.text, cut.text)
    assert outcome.text.endswith("and more.")
    assert outcome.faults == ()


def test_where_no_sentence_is_finished_well_the_rest_of_the_answer_is_kept() -> None:
    class Looping(PrefixFake):
        def complete(self, texts, prefixes, source, target, *, decoding=None):  # type: ignore[no-untyped-def]
            self.begun += prefixes
            return [
                Translation(p if p.endswith(".") else f"{p} {'so on ' * 30}", -len(p))
                for p in prefixes
            ]

    engine = Looping()
    (outcome,), _ = run(["宁德时代在上海。"], engine)
    assert "CATL" in outcome.text
    assert set(PLAIN.rstrip(".").split()) <= set(outcome.text.rstrip(".").split())
    assert outcome.faults == ()


def test_a_term_that_cannot_be_forced_is_flagged_and_the_translation_kept() -> None:
    class Deaf(PrefixFake):
        def complete(self, texts, prefixes, source, target, *, decoding=None):  # type: ignore[no-untyped-def]
            self.begun += prefixes
            return [Translation("", None, (EngineNote.SPLIT,)) for _ in texts]

    engine = Deaf()
    (outcome,), _ = run(["宁德时代在上海。"], engine)
    assert engine.begun
    assert (outcome.text, outcome.missing) == (PLAIN, ("CATL",))
    assert outcome.flags == (Flag.TERM_MISSING,)
    assert outcome.lasting


@pytest.mark.parametrize("protect", [True, False])
def test_nothing_is_forced_without_protection_or_need(protect: bool) -> None:
    engine = PrefixFake()
    run(["机器人在上海。"], engine, protect_terms=protect)
    run(["宁德时代在上海。"], engine, protect_terms=False)
    assert engine.begun == []


def test_what_was_forced_is_remembered(tmp_path: Path) -> None:
    first, _ = run([SOURCE], PrefixFake(), TranslationCache(tmp_path / "cache"))
    again = PrefixFake()
    assert run([SOURCE], again, TranslationCache(tmp_path / "cache"))[0] == first
    assert again.calls == 0
    run([SOURCE], again, TranslationCache(tmp_path / "cache"), protect_terms=False)
    assert again.calls == 1


def test_a_sentence_whose_completions_break_the_engine_costs_only_itself() -> None:
    # Its two dozen completions are one silence: were each counted, the engine would be called
    # dead, and the sentences after it would depend on their neighbour.
    class Picky(PrefixFake):
        def complete(self, texts, prefixes, source, target, *, decoding=None):  # type: ignore[no-untyped-def]
            if any("坏" in text for text in texts):
                raise RuntimeError("cannot")
            return super().complete(texts, prefixes, source, target, decoding=decoding)

    texts = [f"宁德时代在第{n}座城市。" for n in ("一", "二")]
    outcomes, _ = run([texts[0], "宁德时代的坏句子。", texts[1]], Picky())
    assert [outcome.missing for outcome in outcomes] == [(), ("CATL",), ()]
    assert [outcome.lasting for outcome in outcomes] == [True, False, True]


def test_an_engine_that_dies_on_the_way_leaves_nothing_behind_that_it_would_do_better() -> None:
    class Dying(PrefixFake):
        def complete(self, texts, prefixes, source, target, *, decoding=None):  # type: ignore[no-untyped-def]
            raise OSError("gone")

    cache = TranslationCache()
    (outcome,), _ = run(["宁德时代在上海。"], Dying(), cache)
    assert outcome.text == PLAIN
    assert not outcome.lasting
    (repaired,), _ = run(["宁德时代在上海。"], PrefixFake(), cache)
    assert "CATL" in repaired.text


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["宁德时代", "动力电池", "机器人", "昨天", "在上海", "300辆"]),
            min_size=1,
            max_size=5,
        ).map("".join),
        min_size=1,
        max_size=6,
    ),
    st.integers(1, 3),
)
def test_a_result_depends_on_its_sentence_alone(texts: list[str], chunk: int) -> None:
    together, _ = run(texts, PrefixFake(), chunk=chunk)
    assert together == [run([text], PrefixFake())[0][0] for text in texts]
    assert all("CATL" in o.text for o, text in zip(together, texts, strict=True) if "宁" in text)
