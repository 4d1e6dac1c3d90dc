"""How the records of invented corpora are made: pages with articles in them, pairs, beads."""

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
    Checks,
    Conflict,
    Lang,
    LanguageDecision,
    Metadata,
    Origin,
    OriginKind,
    PairHow,
    Quarantine,
    RemovalReason,
    RemovedLine,
    Script,
    Sentence,
    SourceFile,
)
from models.spans import Edit, Span
from tasks.emit.jsonl import write_lines

UNCHECKED = Checks()
MACHINE = Origin(
    OriginKind.MACHINE, "ctranslate2", "demo-en-zh", "r1", {"beam": 4, "normalise": True}
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
