"""One search finds what searches for each word find."""

from hypothesis import given
from hypothesis import strategies as st

from tasks.blocks.signs import any_part

TEXTS = st.text("aekz.?+ 版", min_size=1, max_size=12)


@given(st.lists(st.text("aekz.?+ 版", min_size=1, max_size=4), min_size=1, max_size=5), TEXTS)
def test_any_of_some_parts(parts: list[str], text: str) -> None:
    assert (any_part(parts).search(text) is not None) == any(part in text for part in parts)
