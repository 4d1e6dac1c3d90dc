"""Words as the weights table knows them: Chinese words by jieba, English words by a light stem.

The stem only has to be the same in training and in use; it need not be a word.
"""

import re
import unicodedata
from functools import lru_cache

#: Latin words, also with digits in them (``COVID``, ``5G``, ``F35``); bare numbers are no words.
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*|[0-9]+[A-Za-z]+")
_APOSTROPHE = re.compile(r"['’](?:s\b)?")
_HAN = re.compile("[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
#: Runs of Latin letters with accents, combining accents, full-width letters and digits, ligatures.
_UNUSUAL_LETTERS = (
    "\u00aa\u00ba\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff"
    "\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
)
_UNUSUAL = re.compile(f"[{_UNUSUAL_LETTERS}]+")
_ANY_LATIN = re.compile(f"[A-Za-z{_UNUSUAL_LETTERS}]")


def chinese_words(text: str) -> list[str]:
    """The words with Chinese characters of a text in Simplified characters, in order.

    Cut by jieba's algorithm and dictionary (in Rust), with its model for words it does not know.

    >>> chinese_words("威尔士议员担心GDP下降5%。")
    ['威尔士', '议员', '担心', '下降']
    """
    return [word for word in cut_chinese(text) if _HAN.search(word)]


def cut_chinese(text: str) -> list[str]:
    """As :func:`chinese_words`, with everything that is no word too: marks, blanks, figures."""
    import rjieba

    words: list[str] = rjieba.cut(text)
    return words


def latin_words(text: str) -> list[str]:
    """The Latin words of a text, in order, without accents, possessives and apostrophes.

    >>> latin_words("São Paulo's COVID-19 cases don't rise；ＡＢＣ和5G")
    ['Sao', 'Paulo', 'COVID', 'cases', 'dont', 'rise', 'ABC', '5G']
    """
    if not text.isascii() and _ANY_LATIN.search(text) is None:  # most of Chinese text
        return []
    return _LATIN.findall(plain_letters(text))


def plain_letters(text: str) -> str:
    """A text with the Latin letters of its words as ASCII ones, without apostrophes."""
    if not text.isascii():
        text = _UNUSUAL.sub(_plain, text)
    if "'" in text or "’" in text:
        text = _APOSTROPHE.sub("", text)
    return text


def _plain(found: re.Match[str]) -> str:
    """A run of unusual letters as ASCII ones, where they have such a form."""
    decomposed = unicodedata.normalize("NFKD", found[0])
    return "".join([ch for ch in decomposed if not unicodedata.combining(ch)])


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """A light stem of an English word: case, plural, -ed, -ing, -ly and a final e go.

    >>> [stem(w) for w in "Makes making stopped cities cars boxes congress the".split()]
    ['mak', 'mak', 'stop', 'city', 'car', 'box', 'congress', 'the']
    """
    word = word.lower()
    size = len(word)
    if size > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif size > 4 and word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif size > 3 and word[-1] == "s" and word[-2] not in "sui":
        word = word[:-1]
    size = len(word)
    if size > 5 and word.endswith("ing"):
        word = _single(word[:-3])
    elif size > 4 and word.endswith("ied"):
        word = word[:-3] + "y"
    elif size > 4 and word.endswith("ed"):
        word = _single(word[:-2])
    elif size > 5 and word.endswith("ly"):
        word = word[:-2]
    return word[:-1] if len(word) > 3 and word[-1] == "e" else word


def _single(word: str) -> str:
    """A doubled last letter made single (``stopp``); ``ll``, ``ss`` and ``zz`` are left."""
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        return word[:-1]
    return word
