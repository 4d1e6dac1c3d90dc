"""One stage alone on files at hand, for the commands that a person runs beside the main job."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from models.engines import EngineError, open_engine
from models.places import cache_folder
from models.records import Lang, Quarantine
from tasks.driver.machine import CACHE_FILE
from tasks.driver.revisions import engine_spec, glossary_of, glossary_words
from tasks.driver.settings import Settings
from tasks.emit.jsonl import encode_line
from tasks.ingest import ingest
from tasks.ingest.explain import Explanation, explain
from tasks.ingest.words import with_words
from tasks.read import read, scan
from tasks.sentences import split_sentences
from tasks.translate import TranslateSettings, TranslationCache, translate_texts


def ingest_files(inputs: Sequence[Path], settings: Settings) -> Iterator[bytes | Quarantine]:
    """The articles of documents as JSON lines, in path order; quarantine records in between.

    The lines are those of ``zh.jsonl`` and ``en.jsonl`` before pairing.
    """
    for unit in scan(inputs, settings.read):
        document = unit if isinstance(unit, Quarantine) else read(unit, settings.read)
        if isinstance(document, Quarantine):
            yield document
            continue
        ingested = ingest(document)
        if ingested.quarantine is not None:
            yield ingested.quarantine
        for article in ingested.articles:
            yield (
                encode_line(with_words(article, settings.words, glossary_words(settings.translate)))
                + b"\n"
            )


def explain_files(inputs: Sequence[Path], settings: Settings) -> Iterator[Explanation | Quarantine]:
    """Documents with every decision about their lines, in path order; quarantine in between."""
    for unit in scan(inputs, settings.read):
        document = unit if isinstance(unit, Quarantine) else read(unit, settings.read)
        if isinstance(document, Quarantine):
            yield document
        else:
            yield explain(document, ingest(document))


def translate_lines(
    lines: Sequence[str], target: Lang, settings: TranslateSettings
) -> tuple[list[str], int]:
    """Lines of text translated sentence by sentence, and how many sentences failed.

    Sentences that were translated before come from the cache folder. Raises EngineError when there
    is no engine for the direction.
    """
    source = Lang.EN if target is Lang.ZH else Lang.ZH
    spec = engine_spec(settings)
    if spec is None:
        raise EngineError("there is no translation engine; name a model with --translator")
    spans = [split_sentences(line, source) for line in lines]
    texts = [line[a:b] for line, found in zip(lines, spans, strict=True) for a, b in found]
    with TranslationCache(cache_folder() / CACHE_FILE) as known:
        outcomes, counts = translate_texts(
            texts,
            source,
            target,
            engine=open_engine(spec),
            cache=known,
            settings=settings,
            glossary=glossary_of(settings),
        )
        known.shrink(settings.cache_mb * 1_000_000)
    done = iter(outcomes)
    joint = " " if target is Lang.EN else ""
    made = [joint.join(next(done).text for _ in found) for found in spans]
    return made, counts.failed
