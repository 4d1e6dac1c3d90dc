from hypothesis import given
from hypothesis import strategies as st

from tasks.zones.said import Said

WORDS = st.from_regex(r"[ab]{4,6}|[人中]{2}|[12][.,12]{0,2}[12]", fullmatch=True)


@given(st.text(alphabet="ab 人中12.,é", max_size=60), WORDS)
def test_words_are_said_where_they_stand_in_the_text(text: str, word: str) -> None:
    """Letters and characters that come again at once are where an index miscounts."""
    assert Said(text).once(word) == (word in text)
    assert Said(text).twice(word) == (text.count(word) > 1)


@given(st.lists(WORDS, max_size=12), WORDS)
def test_words_inside_longer_ones_count(parts: list[str], word: str) -> None:
    text = " ".join([*parts, word, f"a{word}"])
    assert Said(text).twice(word)
