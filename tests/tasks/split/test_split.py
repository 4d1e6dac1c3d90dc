"""Bilingual pages come apart by layout; pages that only quote stay whole."""

from itertools import pairwise

import pytest

from models.records import BlockKind, Draft, DraftBlock, Lang, LanguageDecision, Metadata
from models.spans import TracedText, apply_edits, join_pieces
from tasks.language import DocumentLanguage
from tasks.split import Half, split

ZH = [
    "云海市新建的跨江大桥周一正式通车。",
    "大桥全长3.2公里，总投资18亿元。",
    "市长林国栋说，行车时间将从40分钟缩短到8分钟。",
]
EN = [
    "A new bridge in Yunhai opened to traffic on Monday.",
    "It is 3.2 kilometers long and cost 1.8 billion yuan.",
    "Mayor Lin Guodong said driving time would fall from 40 minutes to 8 minutes.",
]


def halves(lines: list[tuple[Lang, str]]) -> tuple[str, tuple[Half, ...]]:
    source, blocks, langs = "", [], []
    for lang, line in lines:
        start = len(source)
        source += line + "\n\n"
        blocks.append(
            DraftBlock(BlockKind.PARAGRAPH, TracedText.of(source, start, start + len(line)))
        )
        langs.append(lang)
    decision = LanguageDecision(0.5, 0.5, 0, 0)
    found = split(Draft(tuple(blocks)), DocumentLanguage(tuple(langs), decision, None), Metadata())
    for half in found:
        for block in half.blocks:
            raw = join_pieces(source, block.text.pieces)
            assert apply_edits(raw, block.text.edits) == block.text.text
    kept = sorted(p for half in found for block in half.blocks for p in block.text.pieces)
    assert all(one[1] <= two[0] for one, two in pairwise(kept))
    covered = "".join(source[start:end] for start, end in kept)
    assert "".join(covered.split()) == "".join(source.split())
    return source, found


def texts(half: Half) -> list[str]:
    return [block.text.text for block in half.blocks]


def zh(lines: list[str]) -> list[tuple[Lang, str]]:
    return [(Lang.ZH, line) for line in lines]


def en(lines: list[str]) -> list[tuple[Lang, str]]:
    return [(Lang.EN, line) for line in lines]


@pytest.mark.parametrize(
    "lines",
    [
        zh(ZH) + en(EN),
        en(EN) + zh(ZH),
        [line for pair in zip(zh(ZH), en(EN), strict=True) for line in pair],
        [line for pair in zip(en(EN), zh(ZH), strict=True) for line in pair],
    ],
    ids=["zh then en", "en then zh", "in turn", "in turn, en first"],
)
def test_blocks_of_both_languages(lines: list[tuple[Lang, str]]) -> None:
    _, found = halves(lines)
    assert [(half.lang, texts(half)) for half in found] == [(Lang.ZH, ZH), (Lang.EN, EN)]


@pytest.mark.parametrize("brackets", ["（{}）", "({})", " ({}) "])
def test_each_sentence_followed_by_its_translation_in_brackets(brackets: str) -> None:
    mixed = "".join(one + brackets.format(other) for one, other in zip(ZH, EN, strict=True))
    _, found = halves(zh([mixed]))
    assert [texts(half) for half in found] == [["".join(ZH)], [" ".join(EN)]]
    mixed = " ".join(f"{one} ({other})" for one, other in zip(EN, ZH, strict=True))
    _, found = halves(en([mixed]))
    assert [texts(half) for half in found] == [["".join(ZH)], [" ".join(EN)]]


def test_both_languages_in_one_block() -> None:
    _, found = halves(zh(["".join(ZH) + " " + " ".join(EN)]))
    assert [texts(half) for half in found] == [["".join(ZH)], [" ".join(EN)]]


def test_a_title_in_both_languages_in_one_line() -> None:
    title = "云海大桥周一正式通车 Yunhai Bridge Opens to Traffic"
    _, found = halves([*zh([title]), *zh(ZH), *en(EN)])
    assert [texts(half)[0] for half in found] == [
        "云海大桥周一正式通车",
        "Yunhai Bridge Opens to Traffic",
    ]


def test_a_half_translated_page_is_split_with_what_there_is() -> None:
    more = ["工程师陈雨晴说，主桥墩最难建造，工人们在急流中工作了整整两年。"] * 6
    _, found = halves([*zh([*ZH, *more]), *en(EN[1:])])
    assert [len(half.blocks) for half in found] == [9, 2]


def test_long_quotations_do_not_make_a_page_bilingual() -> None:
    quote = "We choose to go to the moon in this decade and do the other things, not because they are easy."
    page = [*zh(["总统当年的演讲至今仍被人们引用，许多学生都能背诵其中的句子。" * 3]), *en([quote]),
            *zh(["历史学家认为，这段话改变了一代人对未来的想象，也推动了科学教育。" * 3])]  # fmt: skip
    _, found = halves(page)
    assert [(half.lang, len(half.blocks)) for half in found] == [(Lang.ZH, 3)]


def test_equally_long_texts_about_different_things_are_not_split() -> None:
    other = [
        "Shares of Northfield Steel fell 12 percent on Tuesday.",
        "The company had missed its target of 560 million dollars for 2019.",
        "Analysts at 7 banks cut their ratings by 2 notches.",
    ]
    _, found = halves([*zh(ZH), *en(other)])
    assert len(found) == 1


@pytest.mark.parametrize(
    "line",
    [
        "世界卫生组织（World Health Organization）周一发布报告，共有35个国家参加了调查。",
        "他说：“Just do it.”这是他最喜欢的一句话。",
        "The dish is called mapo tofu (麻婆豆腐) and comes from Sichuan.",
    ],
)
def test_names_and_short_quotations_split_nothing(line: str) -> None:
    lang = Lang.EN if line.startswith("The") else Lang.ZH
    _, found = halves([(lang, line)])
    assert [texts(half) for half in found] == [[line]]


def test_a_page_in_one_language() -> None:
    _, found = halves(en(EN))
    assert [(half.lang, len(half.blocks)) for half in found] == [(Lang.EN, 3)]


def test_the_bilingual_seed() -> None:
    from tests.tasks.ingest.test_seeds import ingested

    first, second = ingested("003").articles
    assert abs(len(first.blocks) - len(second.blocks)) <= 1  # the title is in one language


def test_matching_time_is_linear_in_the_length_of_a_block() -> None:
    # Patterns with two open ends can go quadratic on text that almost fits.
    for unit in ("中a", "中文 English ", "(中文", "(a b c d", "中。A"):
        _, found = halves(zh([unit * 20_000]))
        assert found


ENTRIES = ["bridge /brɪdʒ/ n. 桥，桥梁", "open to traffic 通车", "cost v. 花费"]


def test_entries_of_a_vocabulary_are_whole_lines_of_the_chinese_half() -> None:
    # Cut in two they were headings of both halves, and hid that the page is in two languages.
    turn = [line for pair in zip(en(EN), zh(ZH), strict=True) for line in pair]
    _, found = halves([*turn[:4], *zh(ENTRIES), *turn[4:]])
    assert [texts(half) for half in found] == [[*ZH[:2], *ENTRIES, ZH[2]], EN]


def test_labels_of_a_language_are_no_text_of_a_half() -> None:
    lines = [
        line
        for one, other in zip(ZH, EN, strict=True)
        for line in (*en([f"【原文】{other}"]), *zh([f"【译文】{one}"]))
    ]
    _, found = halves(lines)
    assert [texts(half) for half in found] == [ZH, EN]


def test_a_label_that_stands_once_stays() -> None:
    _, found = halves([*zh(ZH), *en([f"English: {EN[0]}", *EN[1:]])])
    assert texts(found[1])[0].startswith("English: ")


def test_rows_of_two_columns_are_cut_at_their_gap() -> None:
    # No cell but the last ends like a sentence, so only the layout tells.
    rows = [
        "各位乘客： | Dear passengers,",
        "大桥周一正式通车 | The bridge opens to traffic on Monday",
        "全长3.2公里 | It is 3.2 kilometers long",
        "行车时间8分钟 | Driving time is 8 minutes",
        "总投资18亿元 | It cost 1.8 billion yuan",
    ]
    _, found = halves(zh(rows))
    assert [texts(half) for half in found] == [
        [row.split(" | ")[0] for row in rows],
        [row.split(" | ")[1] for row in rows],
    ]
