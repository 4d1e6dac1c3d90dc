import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langdetect.lang_detect_exception import LangDetectException

from tasks.language.detector import QuickDetector
from tasks.language.latin import _factory

TEXTS = (
    "The minister said on Monday that U.S. exports had RISEN by 5.2% since the first quarter.",
    "Le gouvernement a annoncé lundi que l'économie ne croîtra pas cette année, a-t-il dit.",
    "Die Regierung teilte am Montag mit, daß die Zölle ab März gelten: https://example.org/a?b=1",
    "Chính phủ hôm thứ Hai cho biết nền kinh tế đã tăng trưởng 5,2% trong quý đầu tiên.",
    "NASDAQ  OMX NYSE\tAAPL\nTSMC  said",
    "Țara și șase orașe; ÅNGSTRÖM’s “ЖУК” 中文 カナ 한글",
)


@pytest.mark.parametrize("rounds", [1, 7])
@pytest.mark.parametrize("text", TEXTS)
def test_the_quick_detector_answers_as_langdetect_does(text: str, rounds: int) -> None:
    """It overrides private methods of langdetect: this is what notices a change of them."""
    assert answers(QuickDetector(_factory()), text, rounds) == answers(
        _factory().create(), text, rounds
    )


@settings(max_examples=60)
@given(st.text("abcEFG éțĐ\u1ea1.,'@\n中", max_size=40))
def test_the_quick_detector_finds_the_same_ngrams(text: str) -> None:
    quick, usual = QuickDetector(_factory()), _factory().create()
    for detector in (quick, usual):
        detector.append(text)
    assert quick._extract_ngrams() == usual._extract_ngrams()


def answers(detector: object, text: str, rounds: int) -> list[tuple[str, float]]:
    detector.n_trial = rounds  # type: ignore[attr-defined]
    detector.append(text)  # type: ignore[attr-defined]
    try:
        found = detector.get_probabilities()  # type: ignore[attr-defined]
    except LangDetectException:
        return []
    return [(answer.lang, answer.prob) for answer in found]
