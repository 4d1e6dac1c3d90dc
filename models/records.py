"""The records that the stages exchange, and the lines of the output files.

Every record is a frozen, slotted dataclass; a stage takes records and returns new ones
(:func:`dataclasses.replace`), it never edits one. Positions count code points of the decoded
text of a document, as half-open intervals ``(start, end)``; see :mod:`models.spans`.
The closed sets are string enums, so they read as plain words in the output files.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from models.spans import Edit, Span, TracedText

T = TypeVar("T")


class Lang(StrEnum):
    """The two languages of a corpus."""

    ZH = "zh"
    EN = "en"


class Script(StrEnum):
    """The script of a Chinese article (ISO 15924, or ``mixed``)."""

    HANS = "Hans"
    HANT = "Hant"
    MIXED = "mixed"


class BlockKind(StrEnum):
    """What a block is on its page."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    CAPTION = "caption"
    QUOTE = "quote"


class RemovalReason(StrEnum):
    """Why something was taken out of a text."""

    BOILERPLATE = "boilerplate"  # site furniture: navigation, share bars, widgets, cookie walls
    COUNTER = "counter"  # view counts, word counts and the like that are kept as metadata elsewhere
    DISCLAIMER = "disclaimer"  # rights lines, risk warnings and what follows such a heading
    RELATED = "related"  # links to other stories
    COMMENT = "comment"  # readers' comments
    ADVERTISEMENT = "advertisement"
    SPAM = "spam"  # text injected into the page, also inside sentences
    DUPLICATE = "duplicate"  # a copy of a block that stands earlier in the document
    MARKUP = "markup"  # list bullets, heading marks, emphasis marks, left-over tags
    INVISIBLE = "invisible"  # characters that show nothing
    METADATA_LINE = "metadata_line"  # rest of a front-matter line beside the values that were kept
    PAGINATION = "pagination"  # page numbers, running heads, "next page"
    UNREADABLE = "unreadable"  # text destroyed beyond repair (mojibake)


class QuarantineReason(StrEnum):
    """Why an input could not be used."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"  # no permission, I/O error, a file that its format's reader refuses
    BINARY = "binary"
    UNSUPPORTED = "unsupported"  # a format that zhen does not read
    TOO_LARGE = "too_large"
    NOT_A_FILE = "not_a_file"  # device, pipe, socket
    OUTSIDE_ROOT = "outside_root"  # a link that leaves the input folder, or a loop of links
    BAD_ENCODING = "bad_encoding"
    BAD_RECORD = "bad_record"  # a JSONL line that is no document
    WRONG_LANGUAGE = "wrong_language"  # neither Chinese nor English
    NO_TEXT = "no_text"  # nothing but boilerplate, or nothing extracted
    UNSAFE = "unsafe"  # archive bomb, entity bomb, external entities, an id with a path trick
    INTERNAL_ERROR = "internal_error"  # zhen failed on this document; the log has the traceback


class PairHow(StrEnum):
    """How two articles came to be a pair."""

    SAME_PAGE = "same_page"
    PAIRS_FILE = "pairs_file"
    FILE_NAME = "file_name"
    CONTENT = "content"
    MACHINE = "machine"


class UnpairedReason(StrEnum):
    """Why an article has no counterpart."""

    NO_CANDIDATE = "no_candidate"
    LOW_SCORE = "low_score"
    NEAR_TIE = "near_tie"  # two candidates too close to call; both are listed
    CANDIDATE_TAKEN = "candidate_taken"  # its best candidate is paired with another article


class OriginKind(StrEnum):
    """Where a text comes from: it stood in an input, or a machine made it."""

    SOURCE = "source"
    MACHINE = "machine"


class Flag(StrEnum):
    """What a check found on a bead."""

    NUMBER_MISMATCH = "number_mismatch"
    LENGTH_OUTLIER = "length_outlier"
    UNTRANSLATED_COPY = "untranslated_copy"
    LOW_COVERAGE = "low_coverage"
    TERM_MISSING = "term_missing"
    WRONG_LANGUAGE = "wrong_language"
    DUPLICATE = "duplicate"
    REORDERED = "reordered"
    LOW_SCORE = "low_score"
    TRANSLATION_FAILED = "translation_failed"


@dataclass(frozen=True, slots=True)
class SourceFile:
    r"""Where a document was read from.

    ``path`` is relative to its input root, with ``/``; bytes of a name that are no UTF-8 are
    written as ``\xNN``. ``record`` is the line (from 1) of a JSONL file, else null.
    ``sha256`` and ``size`` (bytes) are those of the file, or of the line for a record.
    ``encoding_confidence`` is a number from 0 to 1.
    """

    path: str
    sha256: str
    size: int
    format: str
    record: int | None = None
    encoding: str | None = None
    encoding_confidence: float | None = None
    encoding_alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hints:
    """What the container of a text says about it (JSONL fields, HTML metadata, DOCX properties).

    All values are raw strings as found; ``how`` names the place they were found in
    (``jsonl``, ``html``, ``docx``, ``pdf``) and becomes the ``method`` of the metadata.
    """

    how: str = ""
    title: str | None = None
    url: str | None = None
    published: str | None = None
    updated: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    lang: str | None = None
    summary: str | None = None
    id: str | None = None  # what a JSONL record calls itself


@dataclass(frozen=True, slots=True)
class Document:
    """One decoded document: the text that all positions refer to.

    ``text`` keeps line ends as in the file and has no byte order mark. For formats that need
    extraction (``extracted`` true) it is the extracted text, with headings, list items and table
    rows written as in Markdown.
    """

    source: SourceFile
    text: str
    hints: Hints = Hints()
    markdown: bool = False
    extracted: bool = False


@dataclass(frozen=True, slots=True)
class Quarantine:
    """An input that could not be used. ``detail`` is one plain line for the reader."""

    source: str
    reason: QuarantineReason
    detail: str
    record: int | None = None
    byte: int | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Removal:
    """Something taken out of a text: ``text`` is what stood in the source at ``pieces``."""

    pieces: tuple[Span, ...]
    text: str
    reason: RemovalReason
    rule: str = ""  # the name of the rule that decided, for the reader of removed.jsonl


@dataclass(frozen=True, slots=True)
class DraftBlock:
    """A block on its way from ``blocks`` to ``split``: text that still knows its positions.

    ``label`` is a speaker's name, a bullet's bold lead-in or the like, also traced.
    """

    kind: BlockKind
    text: TracedText
    label: TracedText | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A document between two stages: its blocks in order, and what was taken out so far.

    ``headline``: where in the source the line starts that the zones take for the headline.
    """

    blocks: tuple[DraftBlock, ...]
    removals: tuple[Removal, ...] = ()
    headline: int | None = None


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """One value of the metadata, and how it is known.

    ``raw`` is the text it was read from and ``span`` where that stands (null when it comes from
    the container: JSONL fields, HTML head). ``in_body`` is true when that text is also part of a
    body block (a dateline inside the first sentence). ``precision`` of a date: ``second``,
    ``minute``, ``day``, ``month``, ``year``, ``month_day``, ``relative``.
    """

    value: T
    raw: str
    span: Span | None
    method: str
    alternatives: tuple[str, ...] = ()
    ambiguous: bool = False
    precision: str | None = None
    in_body: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A name of a byline with its normalised role (``author``, ``editor``, ``photographer`` …)."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Counter:
    """A number the page states about itself: ``views``, ``words``, ``reading_minutes`` …"""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says about itself. Absent stays absent; dates are ISO 8601, possibly partial
    (``--04-20``, ``2024-11``), never completed from a clock; a relative date keeps its raw words.
    """

    published: Fact[str] | None = None
    updated: Fact[str] | None = None
    outlet: Fact[str] | None = None
    authors: tuple[Fact[Person], ...] = ()
    url: Fact[str] | None = None
    counters: tuple[Fact[Counter], ...] = ()
    summary: Fact[str] | None = None
    original_title: Fact[str] | None = None
    notes: tuple[
        Fact[str], ...
    ] = ()  # front-matter lines kept for the record (editor's notes, "page 1 of 3")


@dataclass(frozen=True, slots=True)
class LanguageDecision:
    """How the language was decided: script shares (0 to 1, of letters) and, when it was asked,
    langdetect's answer with its probability.
    """

    han: float
    latin: float
    kana: float
    hangul: float
    detector: str | None = None
    detector_probability: float | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A finished block. Joining ``pieces`` of the source and applying ``edits`` gives ``text``.

    ``label_pieces`` and ``label_edits`` do the same for ``label``. Machine text has ``span`` null
    and no pieces.
    """

    id: str
    kind: BlockKind
    label: str | None
    text: str
    span: Span | None
    pieces: tuple[Span, ...]
    edits: tuple[Edit, ...] = ()
    label_pieces: tuple[Span, ...] = ()
    label_edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a block: ``text`` is the block's text at ``at``, ``pieces`` where it stood.

    ``tokens`` are jieba words (Chinese) and null for English.
    """

    id: str
    block: str
    text: str
    at: Span
    span: Span | None
    pieces: tuple[Span, ...]
    tokens: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose words a text is: ``source`` means it stood in an input, not that a person wrote it."""

    kind: OriginKind = OriginKind.SOURCE
    engine: str | None = None
    model: str | None = None
    revision: str | None = None
    settings: dict[str, str | int | float | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A near counterpart that was not taken."""

    article: str
    score: float


@dataclass(frozen=True, slots=True)
class Unpaired:
    """Why an article has no counterpart, and the nearest candidates."""

    reason: UnpairedReason
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article in one language: a line of ``zh.jsonl`` or ``en.jsonl``.

    ``source``, ``pair`` and ``unpaired`` come last: they depend on where a document lies and what
    lies beside it, all before them on the document alone.
    """

    id: str
    lang: Lang
    script: Script | None
    title: str | None
    title_derived: bool
    metadata: Metadata
    language: LanguageDecision | None
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    origin: Origin
    source: SourceFile
    pair: str | None = None
    unpaired: Unpaired | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A metadata field on which the two sides of a pair disagree."""

    field: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class ArticlePair:
    """Two articles that are translations of each other: a line of ``pairs.jsonl``."""

    id: str
    zh: str
    en: str
    zh_metadata: Metadata
    en_metadata: Metadata
    conflicts: tuple[Conflict, ...]
    how: PairHow
    score: float


@dataclass(frozen=True, slots=True)
class Checks:
    """What was checked on a bead. Nothing is dropped because of it; exports select by it.

    ``length_ratio`` is English characters over Chinese characters; ``coverage`` the share of
    content words that the lexicon finds on the other side (null without a lexicon or side).
    """

    flags: tuple[Flag, ...] = ()
    length_ratio: float | None = None
    coverage: float | None = None
    numbers_zh_only: tuple[str, ...] = ()
    numbers_en_only: tuple[str, ...] = ()
    terms_missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bead:
    """A line of ``alignments.jsonl``: sentences of both sides that translate each other.

    Either side may be empty (a null bead, its text ""). ``score`` is a probability; ``parts`` are
    the terms of the aligner's score by name.
    """

    id: str
    pair: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    zh_text: str
    en_text: str
    score: float
    parts: dict[str, float]
    checks: Checks
    zh_origin: Origin
    en_origin: Origin


@dataclass(frozen=True, slots=True)
class RemovedLine:
    """A line of ``removed.jsonl``: a removal with the document it comes from."""

    source: str
    record: int | None
    article: str | None
    pieces: tuple[Span, ...]
    text: str
    reason: RemovalReason
    rule: str


@dataclass(frozen=True, slots=True)
class Ingested:
    """What one document became: no, one or two articles (two are the halves of a bilingual page,
    Chinese first), everything taken out, or the reason why nothing could be used.
    """

    articles: tuple[Article, ...]
    removals: tuple[Removal, ...] = ()
    quarantine: Quarantine | None = None
