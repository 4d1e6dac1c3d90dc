from dataclasses import fields, is_dataclass
from typing import Any

from models.engines import Decoding
from models.records import (
    BlockKind,
    Flag,
    Lang,
    Metadata,
    OriginKind,
    Script,
)
from tasks.translate import (
    TranslateSettings,
    TranslationCache,
    translate_article,
    translate_articles,
)
from tests.tasks.translate.articles import article, chinese, english
from tests.tasks.translate.fakes import DyingEngine, FakeEngine, spelled

SETTINGS = TranslateSettings()


def test_the_counterpart_has_the_same_blocks_and_one_sentence_for_each() -> None:
    source = chinese()
    made = translate_article(source, FakeEngine(), TranslationCache(), SETTINGS)
    other = made.article
    assert other.lang is Lang.EN
    assert [block.kind for block in other.blocks] == [block.kind for block in source.blocks]
    assert len(other.sentences) == len(source.sentences)
    order = {block.id: number for number, block in enumerate(source.blocks)}
    place = {block.id: number for number, block in enumerate(other.blocks)}
    assert [place[s.block] for s in other.sentences] == [order[s.block] for s in source.sentences]
    texts = {block.id: block.text for block in other.blocks}
    for sentence in other.sentences:
        assert texts[sentence.block][slice(*sentence.at)] == sentence.text != ""


def test_machine_text_has_a_machine_origin_and_no_place_in_a_source() -> None:
    made = translate_article(chinese(), FakeEngine(), TranslationCache(), SETTINGS).article
    assert made.origin.kind is OriginKind.MACHINE
    assert (made.origin.engine, made.origin.model, made.origin.revision) == ("fake", "rules", "r1")
    assert made.origin.settings == {"beam": 4}
    assert made.metadata == Metadata()
    assert made.source == chinese().source
    assert all(b.span is None and not b.pieces and not b.edits for b in made.blocks)
    assert all(s.span is None and not s.pieces and s.tokens is None for s in made.sentences)


def test_labels_quotes_and_markers_are_kept() -> None:
    made = translate_article(chinese(), FakeEngine(), TranslationCache(), SETTINGS).article
    assert made.title == made.blocks[0].text == spelled("电池工厂今年投产", Lang.EN)
    quoted = made.blocks[1].text
    assert quoted.count("“") == quoted.count("”") == 1
    assert quoted.endswith("”")
    assert [block.label for block in made.blocks] == [
        None,
        None,
        "Host:",
        None,
        None,
        spelled("陈经理", Lang.EN).rstrip(".") + ":",
    ]
    assert made.sentences[5].text.startswith("(1) ")
    assert made.sentences[-1].text == "2025"


def test_an_english_article_becomes_simplified_chinese() -> None:
    made = translate_article(english(), FakeEngine(), TranslationCache(), SETTINGS).article
    assert (made.lang, made.script) == (Lang.ZH, Script.HANS)
    assert made.title == spelled("A different title", Lang.ZH)
    assert " " not in made.blocks[1].text


def test_a_line_end_between_sentences_stays() -> None:
    poem = article(Lang.ZH, [(BlockKind.PARAGRAPH, None, ["今年投产。", "明年停产。"])], joint="\n")
    made = translate_article(poem, FakeEngine(), TranslationCache(), SETTINGS).article
    assert made.blocks[0].text.count("\n") == 1


def test_together_or_one_by_one_is_the_same() -> None:
    articles = [chinese(), english(), chinese(), article(Lang.ZH, [])]
    together = translate_articles(articles, FakeEngine(), TranslationCache(), SETTINGS)
    for source, made in zip(articles, together, strict=True):
        assert made == translate_article(source, FakeEngine(), TranslationCache(), SETTINGS)
    assert together[0].article.id != chinese().id


def test_another_model_makes_another_article() -> None:
    first = translate_article(chinese(), FakeEngine(), TranslationCache(), SETTINGS)
    second = translate_article(chinese(), FakeEngine(revision="r2"), TranslationCache(), SETTINGS)
    assert first.article.id != second.article.id


def test_a_failed_sentence_is_an_absence_with_a_flag() -> None:
    def rule(text: str, target: Lang, decoding: Decoding | None) -> str:
        return "" if "投资" in text else spelled(text, target)

    made = translate_article(chinese(), FakeEngine(rule), TranslationCache(), SETTINGS)
    lost = made.article.sentences[3]
    assert (lost.text, lost.at[0]) == ("", lost.at[1])
    assert made.failed == {lost.id}
    assert made.flags[lost.id] == (Flag.TRANSLATION_FAILED,)
    assert made.counts.failed == 1
    assert made.complete
    block = made.article.blocks[1]
    assert not block.text.endswith(" ")
    assert all(block.text[slice(*s.at)] == s.text for s in made.article.sentences[1:4])


def test_a_dead_engine_makes_an_incomplete_article_without_a_word_of_the_source() -> None:
    made = translate_article(chinese(), DyingEngine(0), TranslationCache(), SETTINGS)
    assert not made.complete
    assert len(made.failed) == len(made.article.sentences) - 1  # "2025" needs no engine
    assert made.article.title is None
    words = "".join(_texts(made.article))
    assert not any("\u4e00" <= c <= "\u9fff" for c in words)


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for item in value for text in _texts(item)]
    if is_dataclass(value):
        return [text for f in fields(value) for text in _texts(getattr(value, f.name))]
    return []
