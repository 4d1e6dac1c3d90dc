"""Cutting Chinese sentences into words.

A sentence is cut into known terms, runs of Han characters, and everything else by rule. A Han run
goes to jieba's algorithm (dictionary, best path, hidden Markov model for unknown words) with the
terms in its dictionary: by way of rjieba, the same algorithm in Rust, or of jieba itself.
Traditional text is cut on its simplified view; the tokens are slices of the original.
"""

import importlib
import logging
import os
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

from models.dictionary import read_terms, shipped_terms
from models.places import cache_folder
from tasks.language.hans import to_simplified
from tasks.words.settings import WordSettings

Segmenter = Callable[[str], list[str]]
#: Cuts many sentences at once, each as a segmenter does, in less time.
BatchSegmenter = Callable[[Sequence[str]], list[list[str]]]
#: Makes a function that cuts Han runs, from terms of Han characters.
Cutter = Callable[[tuple[str, ...]], Segmenter]

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_DIGIT = "0-9０-９"
_LETTER = "A-Za-zＡ-Ｚａ-ｚÀ-ÖØ-öø-ÿ"
#: What is one token without asking a dictionary; tried in this order at every place.
_PATTERN = "|".join(
    (
        r"(?:https?://|www\.)[!-~]+",
        r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
        # A term with letters: COVID-19, V12.3, R&D, GPT-4o, C++, 5C, don't
        rf"[{_DIGIT}]*[{_LETTER}][{_LETTER}{_DIGIT}]*(?:[-.'’&_/][{_LETTER}{_DIGIT}]+)*\+*",
        # A number: 9,999  3.5%  14:30  2024-11-05
        rf"[{_DIGIT}]+(?:[.,，．:：/-][{_DIGIT}]+)*[%％‰]?",
        rf"(?P<han>[{_HAN}]+)",
        r"\s+",
        r"(?P<mark>.)(?P=mark)*",  # a mark, or the same mark several times (…… ——)
    )
)


def segmenter(settings: WordSettings, terms: tuple[str, ...] = ()) -> Segmenter:
    """The function that cuts a sentence into tokens; made once a process for the same settings.

    ``terms`` are words of another source, a glossary. Raises OSError when a dictionary cannot be
    read.
    """
    return _one_by_one(batch_segmenter(settings, terms))


def batch_segmenter(settings: WordSettings, terms: tuple[str, ...] = ()) -> BatchSegmenter:
    """As :func:`segmenter`, for many sentences at once."""
    return _segmenter(settings, dictionary_digest(settings), terms)


def _one_by_one(cut: BatchSegmenter) -> Segmenter:
    return lambda sentence: cut([sentence])[0]


def dictionary_digest(settings: WordSettings) -> str:
    """A digest of the user's dictionaries (the shipped terms are part of the code)."""
    digest = blake2b(digest_size=16)
    for path in settings.dictionaries:
        digest.update(blake2b(Path(path).read_bytes()).digest())
    return digest.hexdigest()


@cache
def _segmenter(settings: WordSettings, _digest: str, more: tuple[str, ...]) -> BatchSegmenter:
    terms = [*more, *(shipped_terms() if settings.shipped_terms else ())]
    for path in settings.dictionaries:
        terms += read_terms(Path(path))
    return make_segmenter(terms, rjieba_cutter if settings.use_rjieba else jieba_cutter)


def make_segmenter(terms: Iterable[str], cutter: Cutter) -> BatchSegmenter:
    """A segmenter that knows ``terms`` beside jieba's dictionary."""
    known = sorted({to_simplified(term.strip()) for term in terms} - {""})
    han = tuple(term for term in known if re.fullmatch(rf"[{_HAN}]+", term))
    # A term with anything but Han in it ("Model 3", "5G 手机") is beyond jieba: found first.
    mixed = sorted((term for term in known if term not in set(han)), key=lambda t: (-len(t), t))
    begins = re.escape("".join(sorted({term[0] for term in mixed})))
    guarded = f"(?=[{begins}])(?:{'|'.join(map(_guarded, mixed))})"
    pattern = re.compile(f"{guarded}|{_PATTERN}" if mixed else _PATTERN, re.DOTALL)
    cut_han = cutter(han)

    def cut(sentences: Sequence[str]) -> list[list[str]]:
        texts = list(map(to_simplified, sentences))
        runs: list[str] = []
        parts = [_parts(pattern, text, runs) for text in texts]
        # A line end is no part of a word: cut together, runs give the same words as one by one.
        words = _lines(cut_han("\n".join(runs))) if runs else iter(())
        out: list[list[str]] = []
        for sentence, text, around in zip(sentences, texts, parts, strict=True):
            tokens: list[str] = []
            for part in around:
                if part is None:
                    tokens += next(words)
                else:
                    tokens.append(part)
            out.append(tokens if text == sentence else _sliced(sentence, tokens))
        return out

    return cut


def _parts(pattern: re.Pattern[str], text: str, runs: list[str]) -> list[str | None]:
    """The tokens of a text, with None for each run of Han characters, which goes to ``runs``."""
    out: list[str | None] = []
    for match in pattern.finditer(text):
        if match.lastgroup == "han":
            runs.append(match[0])
            out.append(None)
        else:
            out.append(match[0])
    return out


def _lines(words: list[str]) -> Iterator[list[str]]:
    """The words between line ends."""
    start = 0
    for _ in range(words.count("\n")):
        end = words.index("\n", start)
        yield words[start:end]
        start = end + 1
    yield words[start:]


def _sliced(sentence: str, tokens: Iterable[str]) -> list[str]:
    """A sentence cut where the tokens of its simplified view end."""
    out: list[str] = []
    start = 0
    for token in tokens:
        out.append(sentence[start : start + len(token)])
        start += len(token)
    return out


def _guarded(term: str) -> str:
    """A pattern for a term that does not start or end in the middle of a Latin word or number."""
    front = rf"(?<![{_LETTER}{_DIGIT}])" if re.match(rf"[{_LETTER}{_DIGIT}]", term) else ""
    back = rf"(?![{_LETTER}{_DIGIT}])" if re.match(rf"[{_LETTER}{_DIGIT}]", term[-1]) else ""
    return front + re.escape(term) + back


@cache
def rjieba_cutter(terms: tuple[str, ...]) -> Segmenter:
    """Cuts Han runs with rjieba; each term is made a word as jieba's ``add_word`` does."""
    tokenizer = importlib.import_module("rjieba").Jieba()
    for term in terms:
        tokenizer.add_word(term, tokenizer.suggest_freq(term), None)
    cut: Segmenter = tokenizer.cut
    return cut


@cache
def jieba_cutter(terms: tuple[str, ...]) -> Segmenter:
    """Cuts Han runs with jieba, its dictionary cache in our own cache folder."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # old escapes in jieba's source, pkg_resources
        jieba = importlib.import_module("jieba")
    jieba.setLogLevel(logging.ERROR)
    folder = cache_folder() / "jieba"
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(folder)
    # jieba's own name for the cache is shared between all versions.
    tokenizer.cache_file = f"jieba-{jieba.__version__}.cache"
    tokenizer.initialize()
    _let_others_read(folder / tokenizer.cache_file)
    for term in terms:
        tokenizer.add_word(term)
    cut: Segmenter = tokenizer.lcut
    return cut


def _let_others_read(path: Path) -> None:
    """Give a file the umask's permissions; jieba makes its cache for its user alone."""
    umask = os.umask(0o077)
    os.umask(umask)
    with suppress(OSError):  # another user's cache is as that user made it
        path.chmod(0o666 & ~umask)
