"""``zhen clean``: drops what the corpus does not need, one run at a time kept out."""

import math
import shutil
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from flows.config import Config
from flows.runs.record import drop_old_records
from models.places import cache_folder
from tasks.driver.cleaning import clean_work, size_of
from tasks.driver.lock import locked
from tasks.driver.machine import CACHE_FILE
from tasks.driver.plan import work_folder
from tasks.driver.versions import library_version
from tasks.emit.jsonl import CorpusError
from tasks.translate import TranslationCache

#: Days after which the conversion of a model that nobody has opened is dropped, where torch is
#: there to make it again when it is asked for.
_UNUSED = 90


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What was dropped, in numbers and bytes, and the size of the work folder before and after.

    ``cache_bytes`` are those of the cache folder, which all corpora of a user share.
    """

    results: int
    result_bytes: int
    leftover_bytes: int
    runs: int
    translations: int
    cache_bytes: int
    before: int
    after: int


def clean(corpus: Path, config: Config) -> Cleaned:
    """Drop results that nothing refers to, leftovers of dead runs, old records of runs,
    translations beyond the limit, and what is old in the cache folder. The corpus itself is not
    touched.

    Raises LockedError while a run is at work, CorpusError where no run has worked.
    """
    out = corpus.resolve()
    work = work_folder(out)
    if not work.is_dir():
        raise CorpusError(f"{corpus} has no work folder {work.name}: there is nothing to clean")
    with locked(work):
        before = size_of(work)
        dropped = clean_work(out, work, 1, config.run.store)
        runs = drop_old_records(work, config.run.keep_runs)
        limit = config.settings.translate.cache_mb * 1_000_000
        translations = sum(_shrink(folder / CACHE_FILE, limit) for folder in (work, cache_folder()))
        return Cleaned(
            dropped.results,
            dropped.result_bytes,
            dropped.leftover_bytes,
            runs,
            translations,
            _drop_old_caches(cache_folder()),
            before,
            size_of(work),
        )


def _shrink(file: Path, limit: int) -> int:
    """How many translations a cache lost to the limit (bytes)."""
    if not file.exists():
        return 0
    with TranslationCache(file) as cache:
        return cache.shrink(limit)


def _drop_old_caches(folder: Path) -> int:
    """Drop jieba's caches of other versions, conversions of models that a kill cut off, and those
    that nobody has opened for long; their bytes. What may be in use now is left alone.
    """
    own = f"jieba-{library_version('jieba')}.cache"
    old = [path for path in (folder / "jieba").glob("jieba-*.cache") if path.name != own]
    now = time.time()
    lasting = _UNUSED if find_spec("torch") else math.inf
    for path in (folder / "converted").glob("*"):
        # A newer one that is begun may be another process's, still at it.
        days = 1 if path.name.startswith(".converting-") else lasting
        if path.stat().st_mtime < now - days * 86_400:
            old.append(path)
    freed = sum(size_of(path) for path in old)
    for path in old:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return freed
