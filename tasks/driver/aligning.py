"""Two files aligned, without a corpus: what ``zhen align`` does."""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from models.ids import make_id
from models.lexicon import load_lexicon
from models.records import (
    Article,
    ArticlePair,
    Bead,
    Block,
    BlockKind,
    Lang,
    Metadata,
    Origin,
    PairHow,
    Sentence,
    SourceFile,
)
from tasks.align import AlignedBead
from tasks.driver.beads import AlignedPair, article_groups, beads_of
from tasks.driver.settings import Settings
from tasks.emit.jsonl import encode_line, write_lines
from tasks.language import detect
from tasks.language.hans import script_of
from tasks.read import InputError

_HEADER = ("zh_lines", "en_lines", "score", "flags", "zh", "en")


@dataclass(frozen=True, slots=True)
class AlignedTexts:
    """Two texts, one sentence a line, and their beads.

    ``zh_lines`` and ``en_lines`` are the line (from 1) that each sentence stands in: blank lines
    count too.
    """

    zh: Article
    en: Article
    beads: tuple[AlignedBead, ...]
    zh_lines: tuple[int, ...]
    en_lines: tuple[int, ...]

    @property
    def pair(self) -> str:
        """The id of the two texts as a pair, the same in every format."""
        return make_id("pair", self.zh.id, self.en.id)

    def records(self, settings: Settings) -> list[Bead]:
        """The beads as records, checked."""
        return beads_of(AlignedPair(self.pair, self.zh, self.en, self.beads, {}), settings)


def align_texts(one: tuple[str, str], other: tuple[str, str], settings: Settings) -> AlignedTexts:
    """Align two texts, given as (name, text) with one sentence a line; blank lines part paragraphs.

    Which is the Chinese one is found out. Raises InputError when they are not one of each.
    """
    from tasks.align import align  # slow to load

    sides: dict[str, tuple[str, str]] = {}
    for name, text in (one, other):
        lang = detect(text).lang
        if lang in ("zh", "en") and lang not in sides:
            sides[lang] = (name, text)
        elif lang == "und" and not text.strip():
            continue  # an empty side is found by the other one
        else:
            what = {"zh": "Chinese", "en": "English", "und": "no language"}.get(lang, lang)
            raise InputError(
                f"{name}: reads as {what}; give one Chinese and one English text, a sentence a line"
            )
    for name, text in (one, other):
        if (name, text) not in sides.values():
            sides.setdefault("zh" if "en" in sides else "en", (name, text))
    zh, en = _article(*sides["zh"], Lang.ZH), _article(*sides["en"], Lang.EN)
    try:
        beads = align(
            [sentence.text for sentence in zh.sentences],
            [sentence.text for sentence in en.sentences],
            lexicon=load_lexicon(settings.models.lexicon_path),
            config=settings.align,
            zh_groups=article_groups(zh),
            en_groups=article_groups(en),
        )
    except ValueError as error:  # a side in the wrong language, found at a closer look
        raise InputError(f"{zh.title} and {en.title}: {error}") from None
    return AlignedTexts(
        zh, en, tuple(beads), _line_numbers(sides["zh"][1], zh), _line_numbers(sides["en"][1], en)
    )


def format_tsv(
    aligned: AlignedTexts, settings: Settings, *, explain: bool = False
) -> Iterator[str]:
    """Rows with a header: line numbers (from 1) of both sides, probability, flags, texts.

    With ``explain`` a last column has the parts of each score as JSON.
    """
    yield "\t".join((*_HEADER, "parts") if explain else _HEADER)
    for bead, record in zip(aligned.beads, aligned.records(settings), strict=True):
        row = [
            ",".join(str(aligned.zh_lines[n]) for n in bead.zh),
            ",".join(str(aligned.en_lines[n]) for n in bead.en),
            f"{bead.score:.4f}",
            " ".join(record.checks.flags),
            record.zh_text.replace("\t", " "),
            record.en_text.replace("\t", " "),
        ]
        if explain:
            row.append(json.dumps(bead.parts, sort_keys=True))
        yield "\t".join(row)


def format_jsonl(aligned: AlignedTexts, settings: Settings) -> bytes:
    """Lines as in ``alignments.jsonl``."""
    return b"".join(encode_line(record) + b"\n" for record in aligned.records(settings))


def format_file(aligned: AlignedTexts, settings: Settings, what: str) -> bytes:
    """The ``tmx`` or ``html`` of an alignment, made as those of a corpus are."""
    # Slow to load, and not needed for lines.
    from models.manifest import Summary
    from tasks.emit.corpus import ALIGNMENTS, ARTICLES, LINE_FILES, PAIRS, Corpus
    from tasks.emit.exports import Format, export_bitext
    from tasks.emit.report import FIRST_PAGE, write_report

    with tempfile.TemporaryDirectory(prefix="zhen-align-") as place:
        folder = Path(place)
        for name in LINE_FILES:
            (folder / name).touch()
        for lang, article in ((Lang.ZH, aligned.zh), (Lang.EN, aligned.en)):
            write_lines(folder / ARTICLES[lang], [article])
        pair = ArticlePair(
            aligned.pair,
            aligned.zh.id,
            aligned.en.id,
            Metadata(),
            Metadata(),
            (),
            PairHow.PAIRS_FILE,
            1.0,
        )
        write_lines(folder / PAIRS, [pair])
        write_lines(folder / ALIGNMENTS, aligned.records(settings))
        if what == "tmx":
            export_bitext(Corpus(folder), [Format.TMX], folder / "out.tmx")
            return (folder / "out.tmx").read_bytes()
        write_report(folder, Summary(files=2, documents=2, pairs={PairHow.PAIRS_FILE: 1}))
        return (folder / FIRST_PAGE).read_bytes()


def _article(name: str, text: str, lang: Lang) -> Article:
    """A text of one sentence a line as an article; blank lines part its blocks."""
    article_id = make_id(lang, text)
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    for lines in _paragraphs(text):
        block_id = make_id(article_id, "block", str(len(blocks)))
        joined = "\n".join(line for line, _ in lines)
        at = 0
        for line, start in lines:
            span = (start, start + len(line))
            sentence_id = make_id(article_id, "sentence", str(len(sentences)))
            place = (at, at + len(line))
            sentences.append(Sentence(sentence_id, block_id, line, place, span, (span,)))
            at += len(line) + 1
        hull = (lines[0][1], lines[-1][1] + len(lines[-1][0]))
        blocks.append(Block(block_id, BlockKind.PARAGRAPH, None, joined, hull, (hull,)))
    return Article(
        article_id,
        lang,
        script_of(text) if lang is Lang.ZH else None,
        name,
        False,
        Metadata(),
        None,
        tuple(blocks),
        tuple(sentences),
        Origin(),
        SourceFile(name, "", len(text.encode("utf-8", "replace")), "txt"),
    )


def _paragraphs(text: str) -> Iterator[list[tuple[str, int]]]:
    """Runs of lines that are not blank, each line without outer blanks and with its position."""
    run: list[tuple[str, int]] = []
    start = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            run.append((bare, start + len(line) - len(line.lstrip())))
        elif run:
            yield run
            run = []
        start += len(line) + 1
    if run:
        yield run


def _line_numbers(text: str, article: Article) -> tuple[int, ...]:
    """The line of the text that each sentence of its article stands in, from 1."""
    line, at = 1, 0
    numbers: list[int] = []
    for sentence in article.sentences:
        start = sentence.pieces[0][0]
        line += text.count("\n", at, start)
        at = start
        numbers.append(line)
    return tuple(numbers)
