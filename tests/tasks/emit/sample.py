"""A small invented corpus: every kind of pair, null beads, flags, removals, hostile text."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from models.records import (
    Article,
    ArticlePair,
    Bead,
    Block,
    BlockKind,
    Candidate,
    Checks,
    Conflict,
    Counter,
    Fact,
    Flag,
    Lang,
    LanguageDecision,
    Metadata,
    Origin,
    OriginKind,
    PairHow,
    Person,
    Quarantine,
    QuarantineReason,
    RemovalReason,
    RemovedLine,
    Script,
    Sentence,
    SourceFile,
    Unpaired,
    UnpairedReason,
)
from models.spans import Edit, Span
from tasks.emit.jsonl import write_lines

UNCHECKED = Checks()
MACHINE = Origin(
    OriginKind.MACHINE, "ctranslate2", "demo-en-zh", "r1", {"beam": 4, "normalise": True}
)
HOSTILE = (
    "<script>document.title = 'taken'</script>",
    '=HYPERLINK("http://example.invalid","x")',
    "A\x00B\x0bC\x1fD ]]> &amp; \u202eright to left\u202c",
    "one\u2028two\x85three\u2029four\tfive",
    '"quoted" at the start, and "again',
)


def make_id(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


@dataclass
class Page:
    """A source text under construction, with one or two articles in it.

    In a sentence, ``⟦…⟧`` is a stretch that is taken out and leaves one blank.
    """

    path: str
    metadata: dict[Lang, Metadata] = field(default_factory=dict)
    text: str = ""
    blocks: dict[Lang, list[Block]] = field(default_factory=dict)
    sentences: dict[Lang, list[Sentence]] = field(default_factory=dict)
    removed: list[RemovedLine] = field(default_factory=list)

    def gone(
        self, text: str, reason: RemovalReason, rule: str = "line", article: str | None = None
    ) -> None:
        start = len(self.text)
        self.text += text + "\n"
        span = (start, start + len(text))
        self.removed.append(RemovedLine(self.path, None, article, (span,), text, reason, rule))

    def block(
        self,
        lang: Lang,
        *sentences: str,
        kind: BlockKind = BlockKind.PARAGRAPH,
        label: str | None = None,
    ) -> None:
        mark: tuple[Span, ...] = ()
        if label is not None:
            mark = ((len(self.text), len(self.text) + len(label)),)
            self.text += label + " "
        joint = " " if lang is Lang.EN else ""
        number = len(self.blocks.setdefault(lang, []))
        block_id = make_id(self.path, lang, str(number))
        clean, pieces, edits, made = "", [], [], []
        raw = 0
        for index, marked in enumerate(sentences):
            if index:
                pieces.append((len(self.text), len(self.text) + len(joint)))
                self.text += joint
                clean += joint
                raw += len(joint)
            begin = len(clean)
            own: list[Span] = []
            parts = marked.replace("⟧", "⟦").split("⟦")
            for position, part in enumerate(parts):
                span = (len(self.text), len(self.text) + len(part))
                self.text += part
                if position % 2:
                    self.removed.append(
                        RemovedLine(
                            self.path, None, None, (span,), part, RemovalReason.SPAM, "glued"
                        )
                    )
                    edits.append(Edit(raw, "", " ", "spam"))
                    clean += " "
                else:
                    own.append(span)
                    clean += part
                    raw += len(part)
            pieces += own
            sentence_id = make_id(block_id, str(index))
            made.append(
                Sentence(
                    sentence_id,
                    block_id,
                    clean[begin:],
                    (begin, len(clean)),
                    (own[0][0], own[-1][1]),
                    tuple(own),
                    tuple(clean[begin:]) if lang is Lang.ZH else None,
                )
            )
        self.text += "\n\n"
        merged = tuple(_merged(pieces))
        hull = (merged[0][0], merged[-1][1]) if merged else None
        self.blocks[lang].append(
            Block(block_id, kind, label, clean, hull, merged, tuple(edits), mark)
        )
        self.sentences.setdefault(lang, []).extend(made)

    def article(
        self, lang: Lang, *, script: Script | None = None, title: str | None = None
    ) -> Article:
        data = self.text.encode("utf-8", "replace")
        titles = [b.text for b in self.blocks[lang] if b.kind is BlockKind.TITLE]
        return Article(
            id=make_id(self.path, lang),
            lang=lang,
            script=(script or Script.HANS) if lang is Lang.ZH else None,
            title=title or (titles[0] if titles else None),
            title_derived=not titles,
            metadata=self.metadata.get(lang, Metadata()),
            language=LanguageDecision(0.9, 0.1, 0.0, 0.0, "zh-cn", 0.99)
            if lang is Lang.ZH
            else LanguageDecision(0.0, 1.0, 0.0, 0.0, "en", 0.99),
            blocks=tuple(self.blocks[lang]),
            sentences=tuple(self.sentences[lang]),
            origin=Origin(),
            source=SourceFile(
                self.path, hashlib.sha256(data).hexdigest(), len(data), "txt", None, "utf-8", 1.0
            ),
        )


def _merged(pieces: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in pieces:
        if start == end:
            continue
        if merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def machine_side(article: Article, texts: Sequence[str], lang: Lang) -> Article:
    """The machine translation of an article, sentence by sentence."""
    ids = {block.id: make_id(block.id, lang, "mt") for block in article.blocks}
    done: dict[str, str] = {}
    sentences = []
    for sentence, text in zip(article.sentences, texts, strict=True):
        joint = "" if lang is Lang.ZH or sentence.block not in done else " "
        start = len(done.get(sentence.block, "")) + len(joint)
        done[sentence.block] = done.get(sentence.block, "") + joint + text
        sentences.append(
            Sentence(
                make_id(sentence.id, lang, "mt"),
                ids[sentence.block],
                text,
                (start, start + len(text)),
                None,
                (),
                tuple(text) if lang is Lang.ZH else None,
            )
        )
    blocks = tuple(
        Block(ids[b.id], b.kind, b.label, done.get(b.id, ""), None, ()) for b in article.blocks
    )
    titles = [b.text for b in blocks if b.kind is BlockKind.TITLE]
    return replace(
        article,
        id=make_id(article.id, lang, "mt"),
        lang=lang,
        script=Script.HANS if lang is Lang.ZH else None,
        title=titles[0] if titles else None,
        metadata=Metadata(),
        language=None,
        blocks=blocks,
        sentences=tuple(sentences),
        origin=MACHINE,
    )


def bead(
    pair: str,
    zh: Article,
    en: Article,
    zh_at: Sequence[int],
    en_at: Sequence[int],
    score: float,
    checks: Checks = UNCHECKED,
) -> Bead:
    left = [zh.sentences[i] for i in zh_at]
    right = [en.sentences[i] for i in en_at]
    return Bead(
        id=make_id(pair, *(s.id for s in (*left, *right))),
        pair=pair,
        zh=tuple(s.id for s in left),
        en=tuple(s.id for s in right),
        zh_text="".join(s.text for s in left),
        en_text=" ".join(s.text for s in right),
        score=score,
        parts={"length": 0.4, "numbers": 1.25},
        checks=checks,
        zh_origin=zh.origin,
        en_origin=en.origin,
    )


def paired(
    zh: Article, en: Article, how: PairHow, score: float
) -> tuple[ArticlePair, Article, Article]:
    pair = make_id("pair", zh.id, en.id)
    record = ArticlePair(
        id=pair,
        zh=zh.id,
        en=en.id,
        zh_metadata=zh.metadata,
        en_metadata=en.metadata,
        conflicts=_conflicts(zh, en),
        how=how,
        score=score,
    )
    return record, replace(zh, pair=pair), replace(en, pair=pair)


def _conflicts(zh: Article, en: Article) -> tuple[Conflict, ...]:
    a, b = zh.metadata.published, en.metadata.published
    if a is None or b is None or a.value == b.value:
        return ()
    return (Conflict("published", a.value, b.value),)


@dataclass
class Sample:
    """The records of a corpus, in the order of its files."""

    pairs: list[ArticlePair] = field(default_factory=list)
    zh: list[Article] = field(default_factory=list)
    en: list[Article] = field(default_factory=list)
    unpaired: list[Article] = field(default_factory=list)
    beads: list[Bead] = field(default_factory=list)
    removed: list[RemovedLine] = field(default_factory=list)
    quarantine: list[Quarantine] = field(default_factory=list)

    def add(
        self, zh: Article, en: Article, how: PairHow, score: float, beads: Sequence[tuple]
    ) -> None:
        pair, zh, en = paired(zh, en, how, score)
        self.pairs.append(pair)
        self.zh.append(zh)
        self.en.append(en)
        self.beads += [bead(pair.id, zh, en, *row) for row in beads]

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        alone = {lang: [a for a in self.unpaired if a.lang is lang] for lang in Lang}
        write_lines(folder / "zh.jsonl", [*self.zh, *alone[Lang.ZH]])
        write_lines(folder / "en.jsonl", [*self.en, *alone[Lang.EN]])
        write_lines(folder / "pairs.jsonl", self.pairs)
        write_lines(folder / "alignments.jsonl", self.beads)
        write_lines(folder / "removed.jsonl", self.removed)
        write_lines(folder / "quarantine.jsonl", self.quarantine)
        return folder


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
