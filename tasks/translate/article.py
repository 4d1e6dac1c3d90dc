"""The machine counterpart of an article: the same blocks, sentence for sentence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from models.engines import Engine
from models.glossary import Glossary
from models.ids import make_id
from models.records import (
    Article,
    Block,
    Flag,
    Lang,
    Metadata,
    Origin,
    Script,
    Sentence,
)
from tasks.translate.cache import TranslationCache
from tasks.translate.labels import label_of, label_text, write_label
from tasks.translate.settings import TranslateSettings
from tasks.translate.translator import Outcome, TranslateCounts, translate_texts


@dataclass(frozen=True, slots=True)
class MachineArticle:
    """A machine-made counterpart.

    Sentence k of ``article`` translates sentence k of its source. ``failed`` are the ids (of
    ``article``) of sentences without translation; their text is empty. ``flags`` names, by
    sentence id, what a bead is to be flagged with; failed ones are there too. ``complete`` is
    false when the engine gave no answer for some sentence, so it is worth trying again.
    """

    article: Article
    failed: frozenset[str] = frozenset()
    flags: Mapping[str, tuple[Flag, ...]] = field(default_factory=dict)
    counts: TranslateCounts = field(default_factory=TranslateCounts)
    complete: bool = True


def translate_article(
    article: Article,
    engine: Engine,
    cache: TranslationCache,
    settings: TranslateSettings,
    glossary: Glossary | None = None,
) -> MachineArticle:
    """The machine counterpart of one article. See :func:`translate_articles`."""
    (made,) = translate_articles([article], engine, cache, settings, glossary)
    return made


def translate_articles(
    articles: Sequence[Article],
    engine: Engine,
    cache: TranslationCache,
    settings: TranslateSettings,
    glossary: Glossary | None = None,
) -> list[MachineArticle]:
    """Machine counterparts of articles, the same as one by one but with fuller batches.

    Everything in a counterpart has a machine origin, no spans, no pieces and no metadata of its
    own; Chinese tokens are left to the words stage. Ids follow from the source article and the
    text. The counts of an article are those of its own sentences; what was new is counted for the
    first article that has it. Raises :class:`models.engines.EngineError` when the engine does not
    know a direction that is needed.
    """
    made: dict[int, MachineArticle] = {}
    for source in (Lang.ZH, Lang.EN):
        chosen = [(i, article) for i, article in enumerate(articles) if article.lang is source]
        if not chosen:
            continue
        target = Lang.EN if source is Lang.ZH else Lang.ZH
        origin = engine.identity(source, target).origin()
        wanted = [list(_texts(article)) for _, article in chosen]
        outcomes, _ = translate_texts(
            [text for texts in wanted for text in texts],
            source,
            target,
            engine=engine,
            cache=cache,
            settings=settings,
            glossary=glossary,
        )
        stream = iter(outcomes)
        for (index, article), texts in zip(chosen, wanted, strict=True):
            mine = dict(zip(texts, [next(stream) for _ in texts], strict=True))
            made[index] = _build(article, target, origin, mine)
    return [made[index] for index in range(len(articles))]


def _texts(article: Article) -> Iterator[str]:
    """Everything of an article that the engine is asked for, each text once, in order."""
    texts = [sentence.text for sentence in article.sentences]
    for block in article.blocks:
        words = label_text(block.label)
        if words and label_of(words, article.lang) is None:
            texts.append(words)
    if article.title and not _title_block(article):
        texts.append(article.title)
    return iter(dict.fromkeys(texts))


def _title_block(article: Article) -> Block | None:
    """The block that the title is the text of."""
    return next((block for block in article.blocks if block.text == article.title), None)


def _build(
    article: Article, target: Lang, origin: Origin, outcomes: Mapping[str, Outcome]
) -> MachineArticle:
    by_block: dict[str, list[Sentence]] = {}
    for sentence in article.sentences:
        by_block.setdefault(sentence.block, []).append(sentence)
    who = (origin.engine or "", origin.model or "", origin.revision or "")
    texts = (outcomes[sentence.text].text for sentence in article.sentences)
    own_id = make_id("machine", article.id, target, *who, *texts)
    blocks: list[Block] = []
    sentences: dict[str, Sentence] = {}
    titles: dict[str, str] = {}
    for number, block in enumerate(article.blocks):
        block_id = make_id(own_id, "block", str(number))
        text, made = _build_block(block, block_id, by_block.get(block.id, []), target, outcomes)
        label = _translated_label(block.label, article.lang, target, outcomes)
        blocks.append(Block(block_id, block.kind, label, text, None, ()))
        sentences |= made
        titles.setdefault(block.text, text)
    title = None
    if article.title:
        known = _title_block(article)
        title = titles[known.text] if known else outcomes[article.title].text
    counterpart = Article(
        id=own_id,
        lang=target,
        script=Script.HANS if target is Lang.ZH else None,
        title=title or None,
        title_derived=article.title_derived,
        metadata=Metadata(),
        language=None,
        blocks=tuple(blocks),
        sentences=tuple(sentences[sentence.id] for sentence in article.sentences),
        source=article.source,
        origin=origin,
    )
    results = [outcomes[sentence.text] for sentence in article.sentences]
    pairs = list(zip(counterpart.sentences, results, strict=True))
    return MachineArticle(
        counterpart,
        frozenset(sentence.id for sentence, outcome in pairs if outcome.failed),
        {sentence.id: outcome.flags for sentence, outcome in pairs if outcome.flags},
        _counts(results),
        all(outcome.lasting for outcome in outcomes.values()),
    )


def _build_block(
    block: Block,
    block_id: str,
    sentences: Sequence[Sentence],
    target: Lang,
    outcomes: Mapping[str, Outcome],
) -> tuple[str, dict[str, Sentence]]:
    """The text of a block and its sentences by the id of their source sentence.

    Sentences are joined as the target language joins them; a line end between two of them stays.
    """
    parts: list[str] = []
    made: dict[str, Sentence] = {}
    length = 0
    end: int | None = None
    for number, sentence in enumerate(sentences):
        text = outcomes[sentence.text].text
        gap = "" if end is None else block.text[end : sentence.at[0]]
        end = sentence.at[1]
        joint = "\n" if "\n" in gap else " " if target is Lang.EN else ""
        if text and length:
            parts.append(joint)
            length += len(joint)
        at = (length, length + len(text))
        parts.append(text)
        length += len(text)
        sentence_id = make_id(block_id, "sentence", str(number), text)
        made[sentence.id] = Sentence(sentence_id, block_id, text, at, None, ())
    return "".join(parts), made


def _translated_label(
    label: str | None, source: Lang, target: Lang, outcomes: Mapping[str, Outcome]
) -> str | None:
    """A label in the target language; null when it has no translation."""
    words = label_text(label)
    if not words or label is None:
        return None
    known = label_of(words, source)
    text = known if known is not None else outcomes[words].text
    return write_label(label, text, target) if text else None


def _counts(results: Sequence[Outcome]) -> TranslateCounts:
    faults: dict[str, int] = {}
    for outcome in results:
        for fault in outcome.faults:
            faults[fault] = faults.get(fault, 0) + 1
    return TranslateCounts(
        sentences=len(results),
        failed=sum(outcome.failed for outcome in results),
        faults=dict(sorted(faults.items())),
    )
