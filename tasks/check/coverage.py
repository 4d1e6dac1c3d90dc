"""How many words of each side of a bead have a counterpart on the other, by the shipped weights."""

from collections.abc import Sequence
from itertools import pairwise

from models.remembered import Remembered
from models.weights import cut_chinese, latin_places, load_weights, stem
from models.words import WordNumbers


def coverages(zh_texts: Sequence[str], en_texts: Sequence[str]) -> list[tuple[float | None, int]]:
    """For each bead the share of content words with a counterpart on the other side, and how many
    content words there are.

    A content word is a Chinese word (in Simplified characters) that the table translates or an
    English stem to which it gives a weight. The share is None when there are none.
    """
    # One step for all beads, then the next: its tables stay in the processor's cache.
    words = [set(cut_chinese(text)) for text in zh_texts]
    latin, english = _latin_keys(zh_texts), _latin_keys(en_texts)
    return [_coverage(*sides) for sides in zip(words, latin, english, strict=True)]


def _coverage(words: set[str], latin: set[int], english: set[int]) -> tuple[float | None, int]:
    known = list(filter(None, map(_TRANSLATIONS.__getitem__, words)))
    found = [keys for keys in known if not english.isdisjoint(keys)]
    reached = latin.union(*found)
    total = len(known) + len(latin) + len(english)
    hits = len(found) + len(english & latin) + len(english & reached)
    return (hits / total if total else None), total


def _latin_keys(texts: Sequence[str]) -> list[set[int]]:
    """The stems of weight of the Latin words of each text."""
    data, start, end, done = latin_places(texts)
    numbers, known = _LATIN.of(data, start, end)
    keys = known.values[numbers].tolist()
    bounds = [0, *done.tolist()]
    found = [set(keys[low:high]) for low, high in pairwise(bounds)]
    for one in found:
        one.discard(_NO_KEY)
    return found


_NO_KEY = -1


def _translation_keys(word: str) -> tuple[int, ...]:
    """Stems that translate a Chinese word."""
    return tuple([key for key, _ in load_weights().translations(word)])


def _latin_key(word: str) -> int:
    """The stem of an English word, if it is one of weight."""
    weights = load_weights()
    key = weights.stem_ids.get(stem(word))
    return key if key is not None and weights.stem_weights[key] > 0 else _NO_KEY


_TRANSLATIONS = Remembered(_translation_keys, most=1 << 16)
_LATIN = WordNumbers(_latin_key, most=1 << 16)
