"""The language of blocks, smoothed over their neighbours, and of whole documents."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records import BlockKind, DraftBlock, Lang, Script
from models.spans import TracedText
from tasks.language import decide, detect
from tasks.language.evidence import _WORD, evidence, latin_words
from tasks.language.latin import detect_latin

ZH = "公司周二表示，第三季度营收增长，市场需求仍然强劲。"
EN = "The company said on Tuesday that revenue had grown in the third quarter."
JA = "同社は火曜日に、第三四半期の売上高が増加したと発表した。需要は依然として強い。"
KO = "회사는 화요일에 3분기 매출이 증가했다고 발표했다. 수요는 여전히 강하다."
FR = (
    "L'entreprise a déclaré mardi que son chiffre d'affaires avait augmenté au troisième trimestre."
)
DE = "Das Unternehmen teilte am Dienstag mit, dass der Umsatz im dritten Quartal gestiegen ist."
RU = "Компания сообщила во вторник, что выручка выросла в третьем квартале."


def blocks(*lines: str, kind: BlockKind = BlockKind.PARAGRAPH) -> list[DraftBlock]:
    return [DraftBlock(kind, TracedText.of(line, 0, len(line))) for line in lines]


def langs(*lines: str) -> list[Lang]:
    found = decide(blocks(*lines))
    assert found.refused is None
    return list(found.langs)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (ZH, "zh"),
        (EN, "en"),
        (JA, "ja"),
        (KO, "ko"),
        (FR, "fr"),
        (DE, "de"),
        (RU, "und"),
        ("", "und"),
        ("2024-11-05 12:30", "und"),  # langdetect raises on a text without letters
        ("China GDP up 5%", "en"),  # langdetect says Swahili
        ("Xi meets Putin in Beijing", "en"),  # Dutch, with a probability of 0.99999
        ("(Xinhua/Li Ming)", "en"),  # Vietnamese
        ("週三在北京會見代表團", "zh"),  # Korean
        (ZH + " " + EN[:40], "zh"),  # a Chinese half and an English half: English
        ("XAI的SpaceX、Robotaxi、Optimus和FSD都将上线。", "zh"),  # more Latin letters than Han
    ],
)
def test_what_statistical_detection_gets_wrong(text: str, lang: str) -> None:
    assert detect(text).lang == lang


def test_the_script_of_chinese_is_told() -> None:
    assert detect("這是臺灣的公司").script is Script.HANT
    assert detect("这是公司").script is Script.HANS
    assert detect(EN).script is None


def test_names_numbers_and_short_lines_inherit_from_their_neighbours() -> None:
    assert langs(ZH, "Model Y", "2024", "12.5%", ZH) == [Lang.ZH] * 5
    assert langs(EN, "Model Y", "北京", EN)[1] is Lang.EN
    assert langs(EN, "Model Y", "Part.1") == [Lang.EN] * 3


def test_between_two_languages_a_heading_goes_with_what_follows() -> None:
    page = [*blocks(ZH), *blocks("Model Y", kind=BlockKind.HEADING), *blocks(EN)]
    assert decide(page).langs == (Lang.ZH, Lang.EN, Lang.EN)
    page[1] = blocks("Model Y")[0]
    assert decide(page).langs == (Lang.ZH, Lang.ZH, Lang.EN)


def test_a_title_in_the_other_language_stays_what_it_is() -> None:
    assert langs("Why the Company Grew in the Third Quarter", ZH, ZH) == [Lang.EN, Lang.ZH, Lang.ZH]


def test_one_foreign_word_or_a_quotation_does_not_flip_a_block() -> None:
    assert langs('They call it the "quasi-L4 安心 stage" of driving.', EN) == [Lang.EN] * 2
    assert langs(f"他说：“{EN}”" + ZH * 2, ZH)[0] is Lang.ZH
    assert langs(EN + "（" + "需求强劲" + "）", EN)[0] is Lang.EN


def test_the_label_of_a_block_counts() -> None:
    label = "产能与规模:"
    block = DraftBlock(
        BlockKind.LIST_ITEM, TracedText.of("Colossus 2", 0, 10), TracedText.of(label, 0, len(label))
    )
    assert decide([block]).langs == (Lang.ZH,)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([JA, JA], "Japanese: "),
        ([KO], "Korean: 1"),
        ([FR] * 3, "French: langdetect is 100% sure"),
        ([RU], "neither Chinese nor English: 100%"),
        (["12", "—"], "no letters"),
    ],
)
def test_other_languages_are_refused_with_a_plain_line(lines: list[str], reason: str) -> None:
    refused = decide(blocks(*lines)).refused
    assert refused is not None
    assert refused.startswith(reason)


@pytest.mark.parametrize("quote", [JA[:18], KO[:14], FR, RU[:24]])
def test_a_foreign_quotation_does_not_refuse_a_page(quote: str) -> None:
    assert decide(blocks(*[ZH] * 8, quote, ZH)).refused is None
    assert decide(blocks(*[EN] * 8, quote, EN)).refused is None


def test_latin_text_that_is_no_english_is_no_second_language() -> None:
    assert langs(ZH, ZH, FR, FR) == [Lang.ZH] * 4


def test_the_answer_of_langdetect_is_kept() -> None:
    decision = decide(blocks(EN, EN)).decision
    assert decision.detector == "en"
    assert decision.detector_probability is not None
    assert decision.detector_probability > 0.99
    assert decide(blocks(ZH)).decision.detector is None  # the script says it all


def test_langdetect_answers_alike_in_every_process() -> None:
    sample = "Nio Xpeng Zeekr Polestar lidar sedan crossover coupe hatchback limousine pickup"
    code = f"from tasks.language.latin import detect_latin; print(detect_latin({sample!r}))"
    root = Path(__file__).parents[3]
    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert answers == {str(detect_latin(sample))}


def test_no_blocks_at_all() -> None:
    assert decide([]).langs == ()


@given(st.text(alphabet="aZ é'’\x1a中.É\n", max_size=12))
def test_latin_words_are_what_their_expression_finds(text: str) -> None:
    """They are cut in a quicker way; apostrophes at the border of a word are what it may miss."""
    assert latin_words(text) == _WORD.findall(text)
    small = sum(word[0].islower() for word in _WORD.findall(text))
    assert evidence(text).small_words == small
