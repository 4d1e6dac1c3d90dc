"""The compiled index finds what ``in`` and ``str.count`` find."""

import re
import sys
from operator import add

from hypothesis import example, given
from hypothesis import strategies as st

from tasks.zones import said
from tasks.zones.said import Said

_TOKEN = re.compile(r"[a-z]{4,}|\d[\d.,]*\d|[\u3400-\u9fff]{2,}")
PARTS = st.one_of(
    st.text(alphabet="ab 人中12.,é", max_size=8),
    st.from_regex(r"[ab]{4,6}|[人中]{2}|[12][.,12]{0,2}[12]", fullmatch=True),
    st.sampled_from(
        ("Have", "heave", "haves", "１２", "٣٤", "a" * 45, "12" * 30, "\ud800", "𠀀𠀁")
    ),
)
TEXTS = st.lists(PARTS, max_size=12).map(" ".join)


def _share(text: str, line: str, times: int) -> float | None:
    """The same, word by word."""
    text = text.casefold()
    words: set[str] = set()
    for token in _TOKEN.findall(line.casefold()):
        words.update(map(add, token, token[1:]) if token[0] >= "\u3400" else [token])
    words -= set(said._STOP_WORDS)
    return sum(text.count(word) >= times for word in words) / len(words) if words else None


@given(TEXTS, TEXTS)
@example("aaaa aaaaaaa", "aaaa aaa aaaaa")
@example("人人人", "人人人")
def test_words_are_said_where_they_stand_in_the_text(text: str, line: str) -> None:
    """Letters and characters that come again at once are where an index miscounts."""
    for twice in (False, True):
        assert Said(text.casefold()).share(line, twice=twice) == _share(text, line, 1 + twice)
        assert Said(text.casefold()).share(text, twice=twice) == _share(text, text, 1 + twice)


def test_words_without_end_take_no_longer_than_their_length() -> None:
    """Letters that repeat themselves begin a word at each place: they are not all compared."""
    text = "a" * 200_000
    assert Said(f"{text}b").share(f"{text}b {text}", twice=True) == 0.0


def test_every_digit_is_known() -> None:
    assert not any(chr(code).isdecimal() for code in range(len(said._KINDS), sys.maxunicode + 1))
