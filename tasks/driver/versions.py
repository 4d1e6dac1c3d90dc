"""What a stage's result depends on besides its input: code, data files, libraries, settings.

The version of a stage is a digest of its own source and data files, so it never has to be raised
by hand: a changed rule re-does the stage that reads it, and nothing else.
"""

from functools import cache
from hashlib import blake2b
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

_LEFT_OUT = {"__pycache__", ".DS_Store"}

#: What the records themselves depend on; part of every stage.
_BASE = ("models.records", "models.spans", "models.ids")

INGEST = (
    *_BASE,
    "models.compiled",
    "models.revise",
    "models.remembered",
    "models.weights",
    "models.wording",
    "tasks.read",
    "tasks.blocks",
    "tasks.clean",
    "tasks.metadata",
    "tasks.zones",
    "tasks.language",
    "tasks.split",
    "tasks.sentences",
    "tasks.numbers",
    "tasks.ingest",
    "tasks.driver.ingesting",
)
LINES = (
    *_BASE,
    "tasks.words",
    "tasks.language.hans",
    "tasks.ingest.words",
    "models.dictionary",
    "models.glossary",
    "tasks.emit.jsonl",
    "tasks.driver.documents",
)
SIGN = (
    *_BASE,
    "tasks.pair",
    "tasks.numbers",
    "tasks.language",
    "models.weights",
    "models.compiled",
    "models.remembered",
    "models.words",
    "tasks.driver.documents",
)
ALIGN = (
    *_BASE,
    "tasks.align",
    "tasks.check",
    "tasks.pair",
    "tasks.numbers",
    "tasks.language",
    "tasks.driver.pairs",
    "tasks.driver.beads",
    "models.lexicon",
    "models.weights",
    "models.compiled",
    "models.remembered",
    "models.words",
    "models.glossary",
    "tasks.emit.jsonl",
)
TRANSLATE = (
    *_BASE,
    "tasks.translate",
    "models.engines",
    "models.glossary",
    "tasks.numbers",
    "tasks.driver.machine",
)

EMIT = (*_BASE, "models.manifest", "models.schemas", "tasks.emit", "tasks.driver")

_STAGES = {
    "ingest": INGEST,
    "words": LINES,
    "sign": SIGN,
    "translate": TRANSLATE,
    "align": ALIGN,
    "emit": EMIT,
}

#: Libraries whose version can change what a stage gives.
_LIBRARIES = {
    INGEST: (
        "trafilatura",
        "ftfy",
        "opencc",
        "langdetect",
        "pypdf",
        "lxml",
        "defusedxml",
        "numpy",
        "numba",
        "rjieba",
    ),
    LINES: ("jieba", "rjieba", "opencc"),
    SIGN: ("opencc", "rjieba", "numpy", "numba"),
    ALIGN: ("opencc", "rjieba", "numba", "numpy", "scipy"),
    TRANSLATE: ("ctranslate2", "sentencepiece"),
    EMIT: ("pyarrow", "jinja2", "opencc"),
}


@cache
def stage_version(parts: tuple[str, ...]) -> str:
    """A digest of the source and data files of packages and modules, and of their libraries."""
    digest = blake2b(digest_size=16)
    for name in parts:
        for label, path in _files(name):
            digest.update(label.encode() + b"\0" + blake2b(path.read_bytes()).digest())
    for library in _LIBRARIES.get(parts, ()):
        digest.update(f"{library}=={library_version(library)}\n".encode())
    return digest.hexdigest()


def all_versions() -> dict[str, str]:
    """The version of every stage, by its name."""
    return {name: stage_version(parts) for name, parts in _STAGES.items()}


@cache
def library_version(name: str) -> str:
    """The installed version of a library; ``absent`` when it is not installed."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "absent"


def _files(name: str) -> list[tuple[str, Path]]:
    """Files of a module or package, with names that are the same on every machine."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"no module {name}")
    origin = Path(spec.origin)
    if not spec.submodule_search_locations:
        return [(name, origin)]
    root = origin.parent
    return [
        (f"{name}/{path.relative_to(root).as_posix()}", path)
        for path in sorted(root.rglob("*"))
        if path.is_file() and not _LEFT_OUT.intersection(path.parts)
    ]


def file_digest(path: str | Path) -> str:
    """A digest of one file's content, for models and dictionaries that a stage reads."""
    return blake2b(Path(path).read_bytes(), digest_size=16).hexdigest()
