"""How many words of each side of a bead have a counterpart on the other, by the shipped weights."""

from collections.abc import Sequence
from functools import lru_cache

from models.weights import cut_chinese, latin_words, load_weights, stem


def coverages(zh_texts: Sequence[str], en_texts: Sequence[str]) -> list[tuple[float | None, int]]:
    """For each bead the share of content words with a counterpart on the other side, and how many
    content words there are.

    A content word is a Chinese word (in Simplified characters) that the table translates or an
    English stem to which it gives a weight. The share is None when there are none.
    """
    # One step for all beads, then the next: its tables stay in the processor's cache.
    words = [set(cut_chinese(text)) for text in zh_texts]
    latin = list(map(_latin_keys, zh_texts))
    english = list(map(_latin_keys, en_texts))
    return [_coverage(*sides) for sides in zip(words, latin, english, strict=True)]


def _coverage(words: set[str], latin: set[int], english: set[int]) -> tuple[float | None, int]:
    known = list(filter(None, map(_translation_keys, words)))
    found = [keys for keys in known if not english.isdisjoint(keys)]
    reached = latin.union(*found)
    total = len(known) + len(latin) + len(english)
    hits = len(found) + len(english & latin) + len(english & reached)
    return (hits / total if total else None), total


def _latin_keys(text: str) -> set[int]:
    """The stems of weight of the Latin words of a text."""
    keys = set(map(_latin_key, latin_words(text)))
    keys.discard(_NO_KEY)
    return keys


_NO_KEY = -1


@lru_cache(maxsize=1 << 16)
def _translation_keys(word: str) -> tuple[int, ...]:
    """Stems that translate a Chinese word."""
    return tuple([key for key, _ in load_weights().translations(word)])


@lru_cache(maxsize=1 << 16)
def _latin_key(word: str) -> int:
    """The stem of an English word, if it is one of weight."""
    weights = load_weights()
    key = weights.stem_ids.get(stem(word))
    return key if key is not None and weights.stem_weights[key] > 0 else _NO_KEY
