"""The signature of an article: what pairing knows of it, in a few hundred bytes.

Of the features that both languages are brought to (see :mod:`tasks.pair.features`), those that
tell most are kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.records import Article, Lang
from models.weights import load_weights
from tasks.pair.features import Features, chinese_features, english_features

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

#: How many features a signature has at most: words of the table, and all others.
MAX_WORDS, MAX_OTHERS = 64, 32

_STEPS = 64  # a stored byte over this is a feature's strength
#: What :meth:`str.split` takes for a blank.
_BLANKS = "".join([chr(code) for code in range(0x3001) if chr(code).isspace()])


@dataclass(frozen=True, slots=True)
class Signature:
    """What pairing knows of an article; at most about 500 bytes, whatever the article's length.

    ``features`` are feature numbers (uint32, little-endian, ascending) and ``strengths`` one byte
    for each. ``chars`` counts characters without blanks. ``table`` is the version of the weights.
    """

    features: bytes
    strengths: bytes
    chars: int
    sentences: int
    table: int


def sign(article: Article) -> Signature:
    """The signature of an article: a function of its text and the shipped weights alone."""
    return sign_all([article])[0]


def sign_all(articles: Sequence[Article]) -> list[Signature]:
    """The signatures of articles, in less time than one by one."""
    texts = ["\n".join(_texts(article)) for article in articles]
    out: list[Signature | None] = [None] * len(articles)
    for lang in Lang:
        places = [n for n, article in enumerate(articles) if article.lang is lang]
        counts = [len(articles[n].sentences) for n in places]
        signed = _sign([texts[n] for n in places], lang, counts)
        for n, signature in zip(places, signed, strict=True):
            out[n] = signature
    return [signature for signature in out if signature is not None]


def sign_text(text: str, lang: Lang, *, sentences: int = 0) -> Signature:
    """The signature of a plain text."""
    return _sign([text], lang, [sentences])[0]


def _sign(texts: Sequence[str], lang: Lang, sentences: Sequence[int]) -> list[Signature]:
    weights = load_weights()
    features = chinese_features(texts, weights) if lang is Lang.ZH else english_features(texts)
    return [
        _signature(found, text, count, weights.version)
        for found, text, count in zip(features, texts, sentences, strict=True)
    ]


def _signature(found: Features, text: str, sentences: int, table: int) -> Signature:
    hashes = np.fromiter(found.others.keys(), np.int64, len(found.others))
    strengths = np.fromiter(found.others.values(), np.float64, len(found.others))
    in_order = hashes.argsort()
    words, strong_words = _strongest(found.stems, found.strengths, MAX_WORDS)
    others, strong_others = _strongest(hashes[in_order], strengths[in_order], MAX_OTHERS)
    return Signature(  # hashes are larger than the numbers of stems
        features=np.concatenate([words, others]).astype("<u4").tobytes(),
        strengths=np.concatenate([strong_words, strong_others]).astype(np.uint8).tobytes(),
        chars=len(text) - sum([text.count(blank) for blank in _BLANKS]),
        sentences=sentences,
        table=table,
    )


def _texts(article: Article) -> Iterator[str]:
    for block in article.blocks:
        if block.label:
            yield block.label
        yield block.text


def _strongest(features: Ints, strengths: Floats, most: int) -> tuple[Ints, NDArray[np.int16]]:
    """The strongest of some features (ascending), on a tie the first, and their strengths as bytes.

    The root keeps one word that is said again and again, as all texts on a subject do, from
    outweighing many that agree.
    """
    stored = np.minimum(255, np.rint(np.sqrt(strengths) * _STEPS)).astype(np.int16)
    best = np.sort((-stored).argsort(kind="stable")[:most])
    best = best[stored[best] > 0]
    return features[best], stored[best]
