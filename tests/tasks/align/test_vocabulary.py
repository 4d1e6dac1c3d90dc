"""Tokens as numbers: the same tokens as the texts have, whatever was seen before."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.lexicon import Lexicon
from models.records import Lang
from tasks.align import Channel, DocumentPair, vocabulary
from tasks.align.encode import Side, encode
from tasks.align.links import links_of
from tasks.align.tokens import en_tokens, english_text, tokenize_en, tokenize_zh
from tests.tasks.align.texts import sentences

#: Pieces of sentences: what parts words, what parts lines, and what looks like both.
_PIECES = st.sampled_from(
    [*"他买了 \t\n\r\u2028\u3000\xa0'’‘.-—", "\r\n", "Tesla", "O'Neil", "'tis", "don't", "3,000.5",
     "Qingyang", "苹果", "臺灣", "…", "--", "...", "“", "said,", "～", "e-mail", "５G"]
)  # fmt: skip
_TEXTS = st.lists(st.lists(_PIECES, max_size=8).map("".join), max_size=5)


def spelt(side: Side, words: list[str]) -> list[list[str]]:
    """The tokens of each sentence."""
    tokens = [words[number] for number in side.tokens.tolist()]
    start = side.start.tolist()
    return [tokens[a:b] for a, b in pairwise(start)]


@given(_TEXTS, _TEXTS)
def test_numbers_stand_for_the_tokens(zh: list[str], en: list[str]) -> None:
    batch = encode([DocumentPair(zh=zh, en=en), DocumentPair(zh=zh[::-1], en=en)])
    turned = batch.documents[1]
    for side, words, rows in (
        (batch.documents[0].zh, batch.zh_words, tokenize_zh(zh)),
        (batch.documents[0].en, batch.en_words, tokenize_en(en)),
        (turned.zh, batch.zh_words, tokenize_zh(zh[::-1])),
        (turned.en, batch.en_words, tokenize_en(en)),
    ):
        assert spelt(side, words) == [row or [vocabulary.EMPTY] for row in rows]


@given(_TEXTS)
def test_words_between_blanks_have_the_tokens_of_the_sentence(en: list[str]) -> None:
    # English words are kept with the marks beside them; cutting at blanks must change no token.
    words = english_text(en).split(" ")
    assert words.count("\n") == max(len(en) - 1, 0)
    found = [token for word in words for token in en_tokens(word)]
    assert found == [token for row in tokenize_en(en) for token in row]


def test_a_translation_has_the_numbers_of_its_language() -> None:
    zh, en = sentences(3)
    made = DocumentPair(zh=zh, en=en, translation=Channel(Lang.ZH, ["An apple.", "", "Rivers"]))
    batch = encode([DocumentPair(zh=zh, en=en), made])
    translated = batch.documents[1].zh_translated
    assert batch.documents[0].zh_translated is None
    assert translated is not None
    assert spelt(translated, batch.en_words) == [["an", "appl"], [""], ["river"]]


def test_numbers_do_not_depend_on_what_was_seen_before(
    lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = DocumentPair(zh=sentences(5)[0], en=sentences(5)[1])
    encode([DocumentPair(zh=["前面的别的文件。"], en=["Some other file, before Apple Inc."])])
    monkeypatch.setattr(vocabulary, "_MOST", 1)  # so full that the next document begins a new one
    one, other = encode([pair]), encode([pair])
    assert one.vocabulary is not other.vocabulary
    assert one.zh_words == other.zh_words
    for a, b in zip(one.documents[0].zh, other.documents[0].zh, strict=True):
        assert a.tolist() == b.tolist()
    links = links_of(lexicon, one), links_of(lexicon, other)
    assert links[0].start.tolist() == links[1].start.tolist()
    assert links[0].to_en.tolist() == links[1].to_en.tolist()


def test_two_lexicons_know_the_tokens_by_their_own_numbers(lexicon: Lexicon) -> None:
    batch = encode([DocumentPair(zh=["苹果"], en=["apple 7"])])
    for known in (lexicon, Lexicon.empty(), lexicon):
        numbers = batch.vocabulary.numbers_in(known, Lang.EN)[batch.en_tokens]
        assert numbers.tolist() == [known.en_index.get(w, -1) for w in ("", "appl", "7")]


def test_threads_share_a_vocabulary() -> None:
    texts = [[f"word{k % 40} x{j} 苹果{k % 7}" for k in range(j, j + 60)] for j in range(24)]
    with ThreadPoolExecutor(4) as pool:
        batches = list(pool.map(lambda text: encode([DocumentPair(zh=text, en=text)]), texts))
    for text, batch in zip(texts, batches, strict=True):
        assert spelt(batch.documents[0].en, batch.en_words) == tokenize_en(text)
        assert spelt(batch.documents[0].zh, batch.zh_words) == tokenize_zh(text)
