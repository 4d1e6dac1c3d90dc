"""Expressions in forms that search fast find what their plain forms find."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.clean import spam_tokens
from tasks.sentences import chinese, english

FORMS = (
    (english._END, r"\.(?: \.){2,}|[.!?…。！？｡]+"),
    (chinese._END, r"\.(?: \.){2,}|[。！？｡!?…⋯.．]+"),
    (spam_tokens._RUN, r"[A-Z]?[a-z]{9,}|[A-Z]{10,}(?![a-z])|[A-Z]{9,}(?=[A-Z][a-z])"),
)
# Runs of the lengths at which the forms begin to match, and what may stand between.
PARTS = ("a", "A", "a" * 8, "a" * 9, "A" * 8, "A" * 9, "A" * 10, ".", " .", "?", "…", "。", "\n")


@pytest.mark.parametrize(("fast", "plain"), FORMS)
@given(text=st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
def test_a_fast_form_finds_what_the_plain_form_finds(
    fast: re.Pattern[str], plain: str, text: str
) -> None:
    found = [match.span() for match in fast.finditer(text)]
    assert found == [match.span() for match in re.finditer(plain, text)]
