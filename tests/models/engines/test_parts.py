"""Batches, windows and frames: what engines are made of."""

from hypothesis import given
from hypothesis import strategies as st

from models.engines import EN_ZH, ZH_EN, EngineNote, Translation
from models.engines.batches import equal_length_batches, output_limit
from models.engines.codes import Family, frame_source, target_prefix, target_tag, transformers_code
from models.engines.settings import threads
from models.engines.windows import join_parts, joined, split_window
from models.records import Lang


@given(st.lists(st.integers(1, 40), max_size=60), st.integers(1, 100))
def test_batches_hold_each_item_once_one_length_and_stay_in_bounds(
    lengths: list[int], limit: int
) -> None:
    batches = list(equal_length_batches(lengths, limit))
    assert sorted(i for batch in batches for i in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len({lengths[i] for i in batch}) == 1
        assert len(batch) == 1 or sum(lengths[i] for i in batch) <= limit
    firsts = [lengths[batch[0]] for batch in batches]
    assert firsts == sorted(firsts, reverse=True)


def test_the_output_limit_is_bounded() -> None:
    assert output_limit(1) == 19
    assert output_limit(10_000) == 512


@given(st.text(alphabet="一二，。；, .;a1", max_size=120), st.integers(1, 30))
def test_windows_lose_nothing_and_fit(text: str, room: int) -> None:
    parts = split_window(text, lambda part: len(part) <= room)
    assert "".join(parts) == text
    assert all(len(part) <= room or len(part) == 1 for part in parts)


def test_windows_end_at_the_best_clause_end() -> None:
    text = "他说，今天会很忙；明天也一样。后天，他要去上海"
    assert split_window(text, lambda part: len(part) <= 18) == [
        "他说，今天会很忙；明天也一样。",
        "后天，他要去上海",
    ]
    english = "The plant, built in 2020, makes 3.5 million cells a day and runs at night"
    assert all(
        not part.endswith(("3", "3."))
        for part in split_window(english, lambda part: len(part) <= 34)
    )


def test_a_long_text_is_split_in_few_questions() -> None:
    asked = 0

    def fits(part: str) -> bool:
        nonlocal asked
        asked += 1
        return len(part) <= 100

    split_window("很长的句子，" * 1000, fits)
    assert asked < 2500


def test_parts_of_a_sentence_become_one_translation() -> None:
    parts = [Translation("One,", -0.5), Translation("two.", -1.5, (EngineNote.TRUNCATED,))]
    whole = joined(parts, Lang.EN)
    assert whole == Translation("One, two.", -1.0, (EngineNote.SPLIT, EngineNote.TRUNCATED))
    assert joined(parts[:1], Lang.EN) is parts[0]
    assert join_parts(["一，", "二。"], Lang.ZH) == "一，二。"


def test_frames_of_all_families() -> None:
    pieces = ["▁a"]
    assert frame_source(Family.MARIAN, pieces, EN_ZH, ">>zh<<") == [">>zh<<", "▁a", "</s>"]
    assert frame_source(Family.MARIAN, pieces, ZH_EN, None) == ["▁a", "</s>"]
    assert frame_source(Family.NLLB, pieces, EN_ZH, None) == ["eng_Latn", "▁a", "</s>"]
    assert frame_source(Family.M2M100, pieces, EN_ZH, None) == ["__en__", "▁a", "</s>"]
    assert frame_source(Family.MBART, pieces, EN_ZH, None) == ["▁a", "</s>", "en_XX"]
    assert frame_source(Family.MBART50, pieces, ZH_EN, None) == ["zh_CN", "▁a", "</s>"]
    assert target_prefix(Family.NLLB, Lang.ZH) == ["zho_Hans"]
    assert target_prefix(Family.MARIAN, Lang.ZH) is None
    assert transformers_code(Family.M2M100, Lang.ZH) == "zh"
    assert target_tag({"a"}, Lang.ZH) is None


def test_threads_are_at_least_one() -> None:
    assert threads(5) == 5
    assert 1 <= threads(0) <= 8
