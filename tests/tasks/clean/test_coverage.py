import re

from hypothesis import given
from hypothesis import strategies as st

from tasks.clean.coverage import _SPEAKING, is_speech

_PLAIN = re.compile(rf"\b(?:{'|'.join(_SPEAKING)})\b|说|說|称|表示|告诉|写道")
_PARTS = st.sampled_from([*_SPEAKING, *" .s_é中", "un", "表", "示", "称", "写道"])


@given(st.lists(_PARTS, max_size=5).map("".join))
def test_a_first_look_at_speech_hides_none(text: str) -> None:
    assert is_speech(text) == (_PLAIN.search(text) is not None)
