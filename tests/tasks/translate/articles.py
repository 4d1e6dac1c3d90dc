"""Small articles for the translation tests."""

from models.ids import make_id
from models.records import (
    Article,
    Block,
    BlockKind,
    Lang,
    Metadata,
    Origin,
    Script,
    Sentence,
    SourceFile,
)


def article(
    lang: Lang,
    blocks: list[tuple[BlockKind, str | None, list[str]]],
    *,
    title: str | None = None,
    joint: str | None = None,
) -> Article:
    """An article from (kind, label, sentences) of each block."""
    between = joint if joint is not None else (" " if lang is Lang.EN else "")
    own = make_id("test", lang, *(text for _, _, texts in blocks for text in texts))
    made_blocks: list[Block] = []
    sentences: list[Sentence] = []
    position = 0
    for number, (kind, label, texts) in enumerate(blocks):
        block_id = make_id(own, str(number))
        text = between.join(texts)
        made_blocks.append(
            Block(
                block_id,
                kind,
                label,
                text,
                (position, position + len(text)),
                ((position, position + len(text)),),
            )
        )
        at = 0
        for order, sentence in enumerate(texts):
            span = (position + at, position + at + len(sentence))
            sentences.append(
                Sentence(
                    make_id(block_id, str(order)),
                    block_id,
                    sentence,
                    (at, at + len(sentence)),
                    span,
                    (span,),
                )
            )
            at += len(sentence) + len(between)
        position += len(text) + 2
    return Article(
        id=own,
        lang=lang,
        script=Script.HANS if lang is Lang.ZH else None,
        title=title,
        title_derived=False,
        metadata=Metadata(),
        language=None,
        blocks=tuple(made_blocks),
        sentences=tuple(sentences),
        origin=Origin(),
        source=SourceFile("a.txt", "0" * 64, 10, "text"),
    )


def chinese() -> Article:
    """Every kind of block, labels, a quote over three sentences, a sentence twice."""
    return article(
        Lang.ZH,
        [
            (BlockKind.TITLE, None, ["电池工厂今年投产"]),
            (BlockKind.PARAGRAPH, None, ["工厂耗资12亿元。", "“这是第一步。", "我们会继续投资。”"]),
            (BlockKind.PARAGRAPH, "主持人：", ["今年产量是多少？"]),
            (BlockKind.LIST_ITEM, "•", ["(一)新车型"]),
            (BlockKind.LIST_ITEM, None, ["工厂耗资12亿元。"]),
            (BlockKind.QUOTE, "陈经理：", ["2025"]),
        ],
        title="电池工厂今年投产",
    )


def english() -> Article:
    return article(
        Lang.EN,
        [
            (BlockKind.HEADING, None, ["New plant opens"]),
            (BlockKind.PARAGRAPH, None, ["The plant cost 30 million dollars.", "It opens today."]),
        ],
        title="A different title",
    )
