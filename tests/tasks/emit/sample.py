"""A small invented corpus: every kind of pair, null beads, flags, removals, hostile text."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from models.records import (
    Article,
    ArticlePair,
    Bead,
    BlockKind,
    Candidate,
    Checks,
    Counter,
    Fact,
    Flag,
    Lang,
    Metadata,
    PairHow,
    Person,
    Quarantine,
    QuarantineReason,
    RemovalReason,
    Script,
    Unpaired,
    UnpairedReason,
)
from tests.tasks.emit.making import Page, Sample, bead, machine_side, paired

HOSTILE = (
    "<script>document.title = 'taken'</script>",
    '=HYPERLINK("http://example.invalid","x")',
    "A\x00B\x0bC\x1fD ]]> &amp; \u202eright to left\u202c",
    "one\u2028two\x85three\u2029four\tfive",
    '"quoted" at the start, and "again',
)


def _bilingual(sample: Sample) -> None:
    page = Page("news/river-battery.txt")
    page.metadata = {
        Lang.ZH: Metadata(
            published=Fact(
                "2025-03-07",
                "03/07 2025",
                (0, 10),
                "front_matter",
                ("2025-07-03",),
                ambiguous=True,
                precision="day",
            ),
            outlet=Fact("河岸日报", "来源：河岸日报", (11, 18), "front_matter"),
            authors=(Fact(Person("林一舟", "author"), "记者 林一舟", (19, 25), "byline"),),
            counters=(Fact(Counter("views", 560), "560", (26, 29), "counter"),),
        ),
        Lang.EN: Metadata(
            published=Fact("2025-03-08", "March 8, 2025", (0, 13), "front_matter", precision="day"),
            outlet=Fact("Riverbank Daily", "Riverbank Daily", (0, 15), "front_matter"),
            url=Fact("javascript:alert(1)", "javascript:alert(1)", None, "html"),
        ),
    }
    zh, en = Lang.ZH, Lang.EN
    page.gone("首页 > 财经 > 正文", RemovalReason.BOILERPLATE, "breadcrumb")
    page.block(zh, "江北电池厂二期投产，年产能翻一番", kind=BlockKind.TITLE)
    page.block(
        zh,
        "3月5日，江北电池厂宣布二期生产线正式投产，年产能由1.2万吨提高到2.4万吨。",
        "厂长周晓岚在仪式上说，⟦澳门mahjongwin88⟧新线的良率已经达到百分之九十五。",
        "“我们等这一天等了整整三年。”",
    )
    page.block(zh, "三个看点", kind=BlockKind.HEADING)
    page.block(zh, "新线每小时能下线480个电芯。", kind=BlockKind.LIST_ITEM, label="产能：")
    page.block(
        zh, "项目总投资1.2万亿元，其中两成来自银行贷款。", kind=BlockKind.LIST_ITEM, label="投资："
    )
    page.block(zh, "厂区的屋顶全部铺设了光伏板。", kind=BlockKind.LIST_ITEM, label="能源：")
    page.block(
        zh,
        "分析人士认为，这条生产线会让本地的供应链更短，也更稳。",
        "下一步，工厂打算把废料全部回收。",
    )
    page.gone("扫描二维码关注我们", RemovalReason.ADVERTISEMENT, "qr_code")
    page.block(
        en, "Jiangbei battery plant doubles capacity as second phase opens", kind=BlockKind.TITLE
    )
    page.block(
        en,
        "The Jiangbei battery plant said on March 5 that its second production line had gone into operation.",
        "Annual capacity rises from 12,000 to 24,000 tonnes.",
        "Plant manager Zhou Xiaolan told the ceremony that the new line's yield had reached 95 percent.",
        '"We have waited three whole years for this day."',
    )
    page.gone("ADVERTISEMENT - CONTINUE READING BELOW", RemovalReason.ADVERTISEMENT, "chrome")
    page.block(en, "Three things to know", kind=BlockKind.HEADING)
    page.block(
        en, "The new line turns out 480 cells an hour.", kind=BlockKind.LIST_ITEM, label="Capacity:"
    )
    page.block(
        en,
        "Investment totals 1.3 trillion yuan, a fifth of it bank loans.",
        kind=BlockKind.LIST_ITEM,
        label="Money:",
    )
    page.block(
        en,
        "Analysts expect a shorter and steadier local supply chain.",
        "Next, the plant intends to recycle all of its waste.",
        "Shares of its parent company were little changed.",
    )
    page.gone(
        "Copyright 2025. All rights reserved. Do not copy.", RemovalReason.DISCLAIMER, "rights"
    )
    number = Checks((Flag.NUMBER_MISMATCH,), 1.9, 0.6, ("1.2e12",), ("1.3e12",))
    sample.add(
        page.article(zh),
        page.article(en),
        PairHow.SAME_PAGE,
        1.0,
        [
            ((0,), (0,), 0.98),
            ((1,), (1, 2), 0.95, Checks((), 1.8, 0.8)),
            ((2,), (3,), 0.93),
            ((3,), (4,), 0.91),
            ((4,), (5,), 0.97),
            ((5,), (6,), 0.88),
            ((6,), (7,), 0.61, number),
            ((7,), (), 0.74),
            ((8,), (8,), 0.82),
            ((9,), (9,), 0.9),
            ((), (10,), 0.55, Checks((Flag.LOW_SCORE,))),
        ],
    )
    sample.removed += page.removed


def _traditional(sample: Sample) -> None:
    zh_page, en_page = Page("wire/0417.txt"), Page("wire/0930.txt")
    zh_page.metadata = {
        Lang.ZH: Metadata(
            published=Fact(
                "--04-20", "4月20日", (0, 5), "dateline", precision="month_day", in_body=True
            )
        )
    }
    zh_page.block(Lang.ZH, "港灣大橋將於週三重新開放", kind=BlockKind.TITLE)
    zh_page.block(
        Lang.ZH, "4月20日，港務局表示，大橋的裏程碑式維修已經完成。", "「行人可以先走一步。」"
    )
    en_page.block(Lang.EN, "Harbour bridge to reopen on Wednesday", kind=BlockKind.TITLE)
    en_page.block(
        Lang.EN,
        "The port authority said on April 20 that landmark repairs to the bridge were complete.",
        "Pedestrians can go first.",
    )
    sample.add(
        zh_page.article(Lang.ZH, script=Script.HANT),
        en_page.article(Lang.EN),
        PairHow.CONTENT,
        0.86,
        [
            ((0,), (0,), 0.9),
            ((1,), (1,), 0.94),
            ((2,), (2,), 0.41, Checks((Flag.LENGTH_OUTLIER,), 3.4, None)),
        ],
    )


def _translated(sample: Sample) -> None:
    page = Page("features/lighthouse.txt")
    page.metadata = {
        Lang.EN: Metadata(
            authors=(Fact(Person("Ada Marsh", "author"), "By Ada Marsh", (0, 12), "byline"),)
        )
    }
    page.block(Lang.EN, "The last keeper of the light", kind=BlockKind.TITLE)
    page.block(
        Lang.EN,
        "For 41 years she climbed the same 212 steps every evening.",
        "The lamp is automatic now.",
        "She still climbs.",
    )
    en = page.article(Lang.EN)
    zh = machine_side(
        en,
        ["最后一位守灯人", "四十一年来，她每天傍晚都爬上同样的212级台阶。", "灯现在是自动的。", ""],
        Lang.ZH,
    )
    sample.add(
        zh,
        en,
        PairHow.MACHINE,
        1.0,
        [
            ((0,), (0,), 1.0),
            ((1,), (1,), 1.0),
            ((2,), (2,), 1.0),
            ((3,), (3,), 0.0, Checks((Flag.TRANSLATION_FAILED,))),
        ],
    )


def _alone(sample: Sample) -> None:
    page = Page("odd/hostile \u202e.txt")
    page.metadata = {Lang.EN: Metadata(notes=(Fact("<b>note</b>", "<b>note</b>", None, "html"),))}
    page.block(Lang.EN, "<img src=x onerror=\"document.title='taken'\">", kind=BlockKind.TITLE)
    page.block(Lang.EN, *HOSTILE)
    page.gone("<script>document.title = 'removed'</script>", RemovalReason.MARKUP, "tag")
    article = page.article(Lang.EN)
    sample.unpaired.append(replace(article, unpaired=Unpaired(UnpairedReason.NO_CANDIDATE)))
    sample.removed += page.removed
    page = Page("odd/tie.txt")
    page.block(Lang.ZH, "两地同日下雪，气象台发布预警。", "市民出行请注意安全。")
    article = page.article(Lang.ZH, title="两地同日下雪")
    near = (Candidate(sample.en[0].id, 0.44), Candidate(sample.en[1].id, 0.43))
    sample.unpaired.append(replace(article, unpaired=Unpaired(UnpairedReason.NEAR_TIE, near)))


def make_sample() -> Sample:
    sample = Sample()
    _bilingual(sample)
    _traditional(sample)
    _translated(sample)
    _alone(sample)
    sample.quarantine = [
        Quarantine(
            "odd/picture.txt",
            QuarantineReason.BINARY,
            "not a text file: 14 NUL bytes in the first 4096",
        ),
        Quarantine(
            "odd/list.jsonl",
            QuarantineReason.BAD_RECORD,
            "<i>no field text</i>",
            record=3,
            byte=120,
        ),
    ]
    return sample


def with_hostile_pair(*texts: tuple[str, str]) -> Sample:
    """A corpus of one pair whose beads are these texts, unchanged."""
    zh_page, en_page = Page("a.zh.txt"), Page("a.en.txt")
    zh_page.block(Lang.ZH, *(zh for zh, _ in texts))
    en_page.block(Lang.EN, *(en for _, en in texts))
    sample = Sample()
    sample.add(
        zh_page.article(Lang.ZH, title="题"),
        en_page.article(Lang.EN, title="T"),
        PairHow.FILE_NAME,
        1.0,
        [((i,), (i,), 0.9) for i in range(len(texts))],
    )
    return sample


def many(count: int, rows: int = 20) -> Iterable[tuple[ArticlePair, Article, Article, list[Bead]]]:
    """Pairs of any number, for speed and paging."""
    for number in range(count):
        zh_page, en_page = Page(f"m/{number}.zh.txt"), Page(f"m/{number}.en.txt")
        zh_page.block(Lang.ZH, f"第{number}号新闻", kind=BlockKind.TITLE)
        en_page.block(Lang.EN, f"News item number {number}", kind=BlockKind.TITLE)
        for start in range(1, rows, 4):
            lines = range(start, min(start + 4, rows))
            zh_page.block(
                Lang.ZH,
                *(
                    f"这是第{number}篇文章的第{i}句话，讲的是{i * 37 % 101}个工厂的事情。"
                    for i in lines
                ),
            )
            en_page.block(
                Lang.EN,
                *(
                    f"This is sentence {i} of article {number}, about the affairs of {i * 37 % 101} factories."
                    for i in lines
                ),
            )
        pair, zh, en = paired(
            zh_page.article(Lang.ZH), en_page.article(Lang.EN), PairHow.FILE_NAME, 1.0
        )
        yield pair, zh, en, [bead(pair.id, zh, en, (i,), (i,), 0.9) for i in range(rows)]


def write_many(folder: Path, count: int, rows: int = 20) -> Path:
    sample = Sample()
    for pair, zh, en, beads in many(count, rows):
        sample.pairs.append(pair)
        sample.zh.append(zh)
        sample.en.append(en)
        sample.beads += beads
    return sample.write(folder)
