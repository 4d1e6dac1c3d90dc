"""Signatures: small, the same everywhere, alike for translations."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records import Lang
from tasks.language.hans import to_traditional
from tasks.pair import Signature, sign, sign_text, similarity
from tasks.pair.signature import MAX_OTHERS, MAX_WORDS
from tests.tasks.pair.stories import STORIES


def features(text: str, lang: str) -> set[int]:
    data = sign_text(text, Lang(lang)).features
    return {int.from_bytes(data[k : k + 4], "little") for k in range(0, len(data), 4)}


def shared(zh: str, en: str) -> bool:
    return bool(features(zh, "zh") & features(en, "en"))


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("地震", "An earthquake"),  # a word
        ("共1.2万亿", "1.2 trillion in all"),  # a number
        ("百分之五", "five percent"),
        ("三月五日", "on March 5"),
        ("使用XRQ7芯片", "the XRQ7 chip"),  # a name that no table knows
        ("王志强说", "said Wang Zhiqiang"),  # pinyin
        ("王志强说", "said Zhiqiang Wang"),  # in the other order
        ("ＯＰＥＣ", "OPEC"),  # full-width letters
        ("Pokémon", "Pokemon"),
    ],
)
def test_both_languages_come_to_the_same_feature(zh: str, en: str) -> None:
    assert shared(zh, en)


def test_what_differs_gives_no_common_feature() -> None:
    assert not shared("地震", "A parliament")
    assert not shared("占35%", "53 per cent")


def test_a_signature_is_small_however_long_the_text() -> None:
    zh = "".join(
        f"第{k}号报告说{chr(0x4E00 + k)}{chr(0x5E00 + k)}公司的ABX{k}产品。" for k in range(3000)
    )
    en = " ".join(
        f"Report {k} by Smithson{'abcdefghij'[k % 10]}{k} of company XQ{k}." for k in range(3000)
    )
    for text, lang in ((zh, Lang.ZH), (en, Lang.EN)):
        signature = sign_text(text, lang, sentences=3000)
        assert len(signature.strengths) <= MAX_WORDS + MAX_OTHERS
        assert len(msgspec.msgpack.encode(signature)) <= 600


def test_a_signature_survives_storage() -> None:
    signature = sign_text(STORIES[0][0], Lang.ZH, sentences=4)
    packed = msgspec.msgpack.encode(signature)
    assert msgspec.msgpack.decode(packed, type=Signature) == signature


@given(st.text())
def test_any_text_can_be_signed(text: str) -> None:
    for lang in Lang:
        signature = sign_text(text, lang)
        assert len(signature.features) == 4 * len(signature.strengths)
        assert 0 not in signature.strengths
        known = memoryview(signature.features)
        numbers = [int.from_bytes(known[k : k + 4], "little") for k in range(0, len(known), 4)]
        assert numbers == sorted(set(numbers))


def test_line_ends_and_blanks_do_not_matter() -> None:
    zh, en = STORIES[1]
    assert sign_text(f"  {zh}\n\n", Lang.ZH) == sign_text(zh, Lang.ZH)
    assert sign_text(en.replace(". ", ".\n"), Lang.EN) == sign_text(en, Lang.EN)


def test_traditional_and_simplified_have_the_same_words() -> None:
    zh, en = STORIES[2]
    hans, hant = sign_text(zh, Lang.ZH), sign_text(to_traditional(zh), Lang.ZH)
    english = sign_text(en, Lang.EN)
    assert abs(similarity(hans, english).cosine - similarity(hant, english).cosine) < 0.02


def test_an_article_is_signed_by_its_blocks_and_labels() -> None:
    from dataclasses import replace

    from tasks.evaluate.pair import article_of

    article = article_of(["地震造成86人死亡。", "救援人员正在寻找幸存者。"], Lang.ZH, "x")
    assert sign(article) == sign_text(article.blocks[0].text, Lang.ZH, sentences=2)
    labelled = replace(article, blocks=(replace(article.blocks[0], label="海啸"),))
    assert sign(labelled) != sign(article)
    # Nothing else of an article counts: not its path, title or metadata.
    assert sign(replace(article, title="火山", id="0" * 16)) == sign(article)


def test_common_words_that_look_like_pinyin_make_no_names() -> None:
    known = features("Change and language are women.", "en")
    assert features("Change and language are women. China can change.", "en") >= known
