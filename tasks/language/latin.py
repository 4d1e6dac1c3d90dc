"""Which language a Latin-script text is in, by langdetect: a tie breaker, asked once a document.

langdetect (Shuyo 2010, character n-grams) is wrong on short texts, names and headlines, and its
answer depends on a random seed unless one is set; so it gets one long enough sample, and function
words outvote it.
"""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tasks.language.detector import Profiles

#: Words that a sample needs to be worth asking (98 % right from ten English words on).
MIN_WORDS = 10
# Characters of the sample and rounds of guessing that are averaged: langdetect's own measure where
# its answer decides, a glance where it is only kept for the record.
_THOROUGH = (600, 7)
_GLANCE = (200, 1)

_NAMES = {
    "af": "Afrikaans",
    "ca": "Catalan",
    "cs": "Czech",
    "cy": "Welsh",
    "da": "Danish",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fi": "Finnish",
    "fr": "French",
    "hr": "Croatian",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "so": "Somali",
    "sq": "Albanian",
    "sv": "Swedish",
    "sw": "Swahili",
    "tl": "Tagalog",
    "tr": "Turkish",
    "vi": "Vietnamese",
}


def language_name(code: str) -> str:
    """The English name of a language code of langdetect; the code itself when it is not known."""
    return _NAMES.get(code, code)


def detect_latin(sample: str, *, glance: bool = False) -> tuple[str, float] | None:
    """The first answer by langdetect and its probability, None when it has none.

    Only the first 600 characters of the sample are read, 200 at a ``glance`` (a twentieth of a
    millisecond). The same sample always gets the same answer.
    """
    from tasks.language.detector import likeliest  # langdetect is slow to load

    size, rounds = _GLANCE if glance else _THOROUGH
    answer = likeliest(sample[:size], rounds, _profiles())
    return (answer[0], round(answer[1], 6)) if answer else None


@cache
def _profiles() -> "Profiles":
    """The profiles of the languages in Latin script, in a fixed order."""
    from tasks.language.detector import load_profiles

    return load_profiles(sorted(_NAMES))
