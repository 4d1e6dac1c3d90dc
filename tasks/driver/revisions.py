"""The files besides code and input that a run reads: lexicon, glossary, dictionaries, engine."""

from functools import cache
from pathlib import Path

from models.engines import EngineSpec, find_engine
from models.glossary import Glossary, load_glossary
from models.records import Lang
from tasks.driver.settings import Settings
from tasks.driver.versions import file_digest
from tasks.translate.settings import TranslateSettings, engine_settings
from tasks.words import dictionary_digest

#: What stands for a file that ships with zhen: it is part of the code.
SHIPPED = "shipped"


def lexicon_revision(settings: Settings) -> str:
    """A digest of the lexicon that alignment reads."""
    path = settings.models.lexicon_path
    return _digest(path) if path else SHIPPED


def glossary_revision(settings: Settings) -> str:
    """A digest of the glossary that words, translation and checks read."""
    path = settings.translate.glossary
    return _digest(Path(path)) if path not in (None, "none") else path or SHIPPED


def glossary_of(settings: TranslateSettings) -> Glossary | None:
    """The glossary of a run; None when it goes without. Raises GlossaryError."""
    path = settings.glossary
    if path == "none":
        return None
    return _glossary(path, _digest(Path(path)) if path and Path(path).is_file() else SHIPPED)


def glossary_words(settings: TranslateSettings) -> tuple[str, ...]:
    """The Chinese terms of the glossary, for the dictionary of words."""
    glossary = glossary_of(settings)
    return _words(glossary) if glossary else ()


@cache
def _glossary(path: str | None, _digest: str) -> Glossary:
    return load_glossary(Path(path) if path else None)


@cache
def _words(glossary: Glossary) -> tuple[str, ...]:
    return glossary.words


def _digest(path: Path) -> str:
    status = path.stat()
    return _digest_of(path, status.st_mtime_ns, status.st_size)


@cache
def _digest_of(path: Path, _changed: int, _size: int) -> str:
    return file_digest(path)


def engine_spec(settings: TranslateSettings) -> EngineSpec | None:
    """The engine that the settings ask for, found but not loaded. Raises EngineError."""
    return _engine_spec(settings)


@cache
def _engine_spec(settings: TranslateSettings) -> EngineSpec | None:
    return find_engine(
        settings.translator,
        engine=settings.engine,
        settings=engine_settings(settings),
        download=settings.download,
    )


def model_revisions(settings: Settings) -> dict[str, str]:
    """The revision of every model and word list of a run, by name; goes into the manifest."""
    found = {
        "lexicon": lexicon_revision(settings),
        "glossary": glossary_revision(settings),
        "dictionaries": dictionary_digest(settings.words),
    }
    spec = engine_spec(settings.translate)
    if spec is not None:
        for source, target in sorted(spec.directions):
            identity = spec.identity(Lang(source), Lang(target))
            found[f"translator {source}-{target}"] = (
                f"{identity.engine} {identity.model} {identity.revision}"
            )
    return found
