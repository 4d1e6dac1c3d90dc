from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from tasks.language.detector import find_ngrams, likeliest, load_profiles

CODES = ("de", "en", "fr", "ro", "vi")
PROFILES = load_profiles(CODES)
TEXTS = (
    "The minister said on Monday that U.S. exports had RISEN by 5.2% since the first quarter.",
    "Le gouvernement a annoncé lundi que l'économie ne croîtra pas cette année, a-t-il dit.",
    "Die Regierung teilte am Montag mit, daß die Zölle ab März gelten: https://example.org/a?b=1",
    "Chính phủ hôm thứ Hai cho biết nền kinh tế đã tăng trưởng 5,2% trong quý đầu tiên.",
    "NASDAQ  OMX NYSE\tAAPL\nTSMC  said to name@example.org",
    "Țara și șase orașe; ÅNGSTRÖM’s “ЖУК” 中文 カナ 한글",
    "ЖУК 中文字不多 abc 中文",
    "1234",
)


@pytest.fixture(scope="module")
def langdetect() -> DetectorFactory:
    factory = DetectorFactory()
    profiles = [Path(PROFILES_DIRECTORY, code).read_text("utf-8") for code in CODES]
    factory.load_json_profile(profiles)
    factory.set_seed(0)
    return factory


@pytest.mark.parametrize("rounds", [1, 7])
@pytest.mark.parametrize("text", TEXTS)
def test_the_answer_is_that_of_langdetect(
    text: str, rounds: int, langdetect: DetectorFactory
) -> None:
    """To the last bit; this is also what notices a change of langdetect."""
    detector = langdetect.create()
    detector.n_trial = rounds
    detector.append(text)
    try:
        answers = detector.get_probabilities()
    except LangDetectException:
        answers = []
    first = (answers[0].lang, answers[0].prob) if answers else None
    assert likeliest(text, rounds, PROFILES) == first


@settings(max_examples=200)
@given(text=st.text("abcEFG éțĐ\u1ea1.,'@\n中жЖ", max_size=40))
def test_the_ngrams_are_those_of_langdetect(text: str, langdetect: DetectorFactory) -> None:
    detector = langdetect.create()
    detector.append(text)
    detector.cleaning_text()
    found = [PROFILES.ngrams[row] for row in find_ngrams(text, PROFILES)]
    assert found == detector._extract_ngrams()
