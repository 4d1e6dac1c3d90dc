"""Bilingual pages of every layout become two halves; other pages stay whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records import BlockKind, Draft, DraftBlock, Lang, Metadata
from models.spans import TracedText, apply_edits, join_pieces
from tasks.language import decide
from tasks.split import Half, split

# A story in both languages, sentence by sentence; names and facts are invented.
STORY = [
    (
        "奥林能源周二表示，第三季度营收增长12%，达到4.8亿元。",
        "Orin Energy said on Tuesday that third-quarter revenue grew 12% to 480 million yuan.",
    ),
    (
        "公司在禾港新建的电池厂已于5月18日投产。",
        "The battery plant that the company built in Hegang started production on May 18.",
    ),
    (
        "首席执行官林若舟说：“我们的目标是每月交付2.5万套储能系统。”",
        '"Our goal is to deliver 25,000 storage systems a month," chief executive Lin Ruozhou said.',
    ),
    (
        "分析师认为，原材料价格下跌帮助了利润率。",
        "Analysts believe that falling prices of raw materials have helped its margins.",
    ),
    (
        "该公司股价当天上涨3.4%，收于每股27.15元。",
        "Its shares rose 3.4% on the day to close at 27.15 yuan each.",
    ),
    (
        "公司预计2027年海外销售将占四成。",
        "The company expects sales abroad to make up 40% of the total in 2027.",
    ),
]
ZH = [zh for zh, _ in STORY]
EN = [en for _, en in STORY]


def page(*lines: str, kinds: dict[int, BlockKind] | None = None) -> Draft:
    """A draft with one block a line."""
    text = "\n".join(lines)
    blocks = []
    at = 0
    for number, line in enumerate(lines):
        kind = (kinds or {}).get(number, BlockKind.PARAGRAPH)
        blocks.append(DraftBlock(kind, TracedText.of(text, at, at + len(line)).strip()))
        at += len(line) + 1
    return Draft(tuple(blocks))


def halves(draft: Draft) -> tuple[Half, ...]:
    languages = decide(draft.blocks)
    assert languages.refused is None
    return split(draft, languages, Metadata())


def texts(half: Half) -> list[str]:
    return [block.text.text for block in half.blocks]


def check_two(draft: Draft, zh: list[str], en: list[str]) -> None:
    found = halves(draft)
    assert [half.lang for half in found] == [Lang.ZH, Lang.EN]
    assert texts(found[0]) == zh
    assert texts(found[1]) == en


def check_whole(draft: Draft, lang: Lang) -> None:
    found = halves(draft)
    assert [half.lang for half in found] == [lang]
    assert found[0].blocks == draft.blocks


def test_block_after_block_in_either_order() -> None:
    check_two(page(*ZH, *EN), ZH, EN)
    check_two(page(*EN, *ZH), ZH, EN)


def test_paragraphs_in_turn() -> None:
    lines = [line for pair in STORY for line in pair]
    check_two(page(*lines), ZH, EN)
    check_two(page(*[line for zh, en in STORY for line in (en, zh)]), ZH, EN)


@pytest.mark.parametrize("brackets", ["（{}）", " ({})", "【{}】"])
def test_translations_in_brackets_inside_paragraphs(brackets: str) -> None:
    one, two = STORY[:3], STORY[3:]
    lines = ["".join(zh + brackets.format(en) for zh, en in part) for part in (one, two)]
    check_two(
        page(*lines),
        ["".join(zh for zh, _ in part) for part in (one, two)],
        [" ".join(en for _, en in part) for part in (one, two)],
    )


def test_chinese_in_brackets_after_english() -> None:
    lines = [f"{en}（{zh}）" for zh, en in STORY[:3]]
    found = halves(page(*lines))
    assert texts(found[1]) == EN[:3]
    assert ["".join(text.strip("（）")) for text in texts(found[0])] == ZH[:3]


def test_sentences_in_turn_inside_a_paragraph() -> None:
    line = " ".join(f"{zh} {en}" for zh, en in STORY)
    check_two(page(line), ["".join(ZH)], [" ".join(EN)])


def test_two_columns_flattened_to_lines() -> None:
    zh = [
        "奥林能源周二表示，第三季度",
        "营收增长12%，达到4.8亿元。",
        "禾港的电池厂已于5月18日投产，",
        "每月交付2.5万套储能系统，",
        "并计划在2027年再建一座。",
    ]
    en = [
        "Orin Energy said on Tuesday that its",
        "third-quarter revenue grew 12% to 480 million yuan.",
        "The battery plant in Hegang opened on May 18",
        "and delivers 25,000 storage systems a month;",
        "another is planned for 2027.",
    ]
    lines = [line for pair in zip(zh, en, strict=True) for line in pair]
    found = halves(page(*lines))
    assert [half.lang for half in found] == [Lang.ZH, Lang.EN]
    assert texts(found[0])[0] == zh[0] + zh[1]
    assert texts(found[1])[0] == en[0] + " " + en[1]
    assert "5月18日投产，每月交付" in "".join(texts(found[0]))


@pytest.mark.parametrize(
    "title",
    [
        "奥林能源第三季度营收增长 Orin Energy Revenue Grows in Third Quarter",
        "奥林能源第三季度营收增长 / Orin Energy Revenue Grows in Third Quarter",
        "Orin Energy Revenue Grows in Third Quarter | 奥林能源第三季度营收增长",
    ],
)
def test_a_title_in_two_languages_is_cut(title: str) -> None:
    found = halves(page(title, *ZH, *EN, kinds={0: BlockKind.TITLE}))
    assert texts(found[0]) == ["奥林能源第三季度营收增长", *ZH]
    assert texts(found[1]) == ["Orin Energy Revenue Grows in Third Quarter", *EN]
    assert [half.blocks[0].kind for half in found] == [BlockKind.TITLE, BlockKind.TITLE]


def test_titles_in_both_languages_and_one_in_the_other() -> None:
    draft = page("Orin Energy Has a Good Quarter", *ZH, *EN, kinds={0: BlockKind.TITLE})
    found = halves(draft)
    assert found[1].blocks[0].kind is BlockKind.TITLE  # over Chinese text, yet English
    assert texts(found[0]) == ZH


def test_one_sided_notes_stay_on_their_side() -> None:
    note = "（译者注：文中日期均为北京时间。）"
    check_two(page(*ZH, note, *EN), [*ZH, note], EN)


def test_half_translated_page_keeps_what_there_is() -> None:
    check_two(page(*ZH, *EN[:3]), ZH, EN[:3])
    turn = [line for zh, en in STORY[:3] for line in (zh, en)]
    check_two(page(*turn, *EN[3:]), ZH[:3], EN)


def test_long_quotations_do_not_make_a_page_bilingual() -> None:
    quote = '"We have always believed that the market will come to us, and that it will come soon," he wrote to the staff.'
    check_whole(page(*ZH[:4], quote, *ZH[4:]), Lang.ZH)
    said = "他在信中说：We have always believed that the market will come to us."
    check_whole(page(ZH[0], said, *ZH[3:]), Lang.ZH)
    check_whole(page(ZH[0], quote, ZH[3], kinds={1: BlockKind.QUOTE}), Lang.ZH)
    check_whole(page(*EN, "“路遥知马力，日久见人心，这句话我一直记得。”"), Lang.EN)


def test_the_rest_in_the_other_language_is_no_translation() -> None:
    # A crawl that stopped translating: the English paragraphs go on with other facts.
    rest = [
        "The rival Fenwick Motors plans to cut 1,900 jobs by June 30 as demand cools in 14 markets.",
        "It booked a loss of 66 million euros on sales of 2.1 billion euros in the first half.",
        "A ruling on the merger is expected within 90 days, according to filings on 7 July.",
    ]
    check_whole(page(*ZH, *rest), Lang.ZH)


def test_glosses_and_names_do_not_make_a_page_bilingual() -> None:
    lines = [
        "人工智能（Artificial Intelligence）和机器学习（Machine Learning）正在改变汽车业。",
        "国家公路交通安全管理局（National Highway Traffic Safety Administration）周二发布了报告。",
        "XAI的Colossus 2安装了600个Megapack，SpaceX的Starship随后发射。",
    ]
    check_whole(page(*lines), Lang.ZH)


def test_a_page_in_one_language_stays_as_it_is() -> None:
    check_whole(page(*ZH), Lang.ZH)
    check_whole(page(*EN), Lang.EN)


def test_both_halves_get_the_metadata() -> None:
    metadata = Metadata()
    draft = page(*ZH, *EN)
    assert all(half.metadata is metadata for half in split(draft, decide(draft.blocks), metadata))


LINES = st.lists(
    st.one_of(
        st.sampled_from([*ZH, *EN, *(zh + f"（{en}）" for zh, en in STORY)]),
        st.text(alphabet='中文字。（）() abcDEF12%.，/|“”"', min_size=1, max_size=30),
    ),
    min_size=1,
    max_size=12,
)


@given(LINES)
def test_every_character_is_in_exactly_one_half(lines: list[str]) -> None:
    draft = page(*lines)
    languages = decide(draft.blocks)
    if languages.refused:
        return
    text = "\n".join(lines)
    found = split(draft, languages, Metadata())
    taken: list[int] = []
    for half in found:
        for block in half.blocks:
            traced = block.text
            assert apply_edits(join_pieces(text, traced.pieces), traced.edits) == traced.text
            taken += [at for start, end in traced.pieces for at in range(start, end)]
    assert len(taken) == len(set(taken))
    assert {at for at, ch in enumerate(text) if not ch.isspace()} <= set(taken)
