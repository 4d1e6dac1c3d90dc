"""Settings from flags, the environment and ``zhen.toml``: flag > ``ZHEN_*`` > file > default.

A setting is named ``section.name``, as in ``pair.min_score``. In the file it stands under
``[pair]``; in the environment it is ``ZHEN_PAIR_MIN_SCORE``; on the command line
``--set pair.min_score=0.4``.
"""

import dataclasses
import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from tasks.driver.keeping import Keeping
from tasks.driver.settings import SHARD_SIZE, Settings

T = TypeVar("T")

#: The config file that is read from the current folder when no other is named.
DEFAULT_FILE = Path("zhen.toml")

RUNNERS = ("auto", "serial", "threads", "processes", "dask", "ray")


class ConfigError(ValueError):
    """A setting is unknown or has a value that it cannot have; the message is one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """Settings of a run that cannot change its output. Raises ValueError for impossible ones."""

    #: Where shards run: auto, serial, threads, processes, dask or ray.
    runner: str = "auto"
    #: The Dask scheduler or Ray cluster to use; "" starts one on this machine.
    address: str = ""
    #: Shards at work at once; 0: as many as there are cores. A cluster at an address has its own.
    workers: int = 0
    #: Documents in a shard.
    shard_size: int = SHARD_SIZE
    #: Seconds to wait for another run that is at work on the corpus.
    wait: float = 0.0
    #: Events on standard error: "json" or "text" lines; "" shows progress on a terminal only.
    log_format: Literal["", "text", "json"] = ""
    #: A file for Prometheus metrics, written at the end of a run; "" is none.
    metrics: str = ""
    #: Records and logs of runs that are kept.
    keep_runs: int = 100
    #: Where results are kept: a URL that fsspec knows, one for each corpus; "": beside the corpus.
    store: str = ""
    #: Results that the last so many publications were made of are kept; 0: all results are.
    keep_publications: int = 3
    #: Limit of the work store in megabytes, beyond which only the results of the published corpus
    #: are kept; 0: none.
    work_mb: int = 0

    def __post_init__(self) -> None:
        if self.runner not in RUNNERS:
            raise ValueError(f"runner must be one of {', '.join(RUNNERS)}")
        if self.address and self.runner not in ("dask", "ray"):
            raise ValueError("address needs the runner dask or ray")
        if self.store and "://" not in self.store:
            raise ValueError("store is a URL, as in s3://bucket/corpus")
        if self.workers < 0 or self.shard_size < 1:
            raise ValueError("workers must be 0 or more, shard_size 1 or more")
        if self.keep_runs < 1 or self.wait < 0:
            raise ValueError("keep_runs must be 1 or more, wait 0 or more")
        if self.keep_publications < 0 or self.work_mb < 0:
            raise ValueError("keep_publications and work_mb must be 0 or more")

    @property
    def keeping(self) -> Keeping:
        """What stays in the work store."""
        return Keeping(publications=self.keep_publications, store_bytes=self.work_mb * 1_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifySettings:
    """Who is told when a run fails. Raises ValueError for an address that is no web address."""

    #: A program and its arguments; it gets what failed as JSON on its standard input.
    command: tuple[str, ...] = ()
    #: An http or https address; it gets the same JSON by POST.
    url: str = ""
    #: Seconds that each may take.
    timeout: float = 10.0

    def __post_init__(self) -> None:
        if self.url and not self.url.startswith(("http://", "https://")):
            raise ValueError("url must begin with http:// or https://")
        if self.timeout <= 0:
            raise ValueError("timeout must be above 0")


@dataclass(frozen=True, slots=True)
class Config:
    """All settings: those that decide the output, and those of the run; the file that was read, and
    the ``section.name=value`` settings over it.
    """

    settings: Settings
    run: RunSettings
    notify: NotifySettings = NotifySettings()
    file: Path | None = None
    flags: tuple[str, ...] = ()


def load_config(
    file: Path | None = None,
    *,
    flags: Iterable[str] = (),
    environment: Mapping[str, str] | None = None,
) -> Config:
    """The settings of a run.

    ``flags`` are ``section.name=value`` strings. Raises ConfigError with one clear line.
    """
    values: dict[str, dict[str, Any]] = {}
    sections = _sections()
    flags = tuple(flags)
    if file is None and DEFAULT_FILE.is_file():
        file = DEFAULT_FILE
    for source, section, name, value in (
        *_from_file(file),
        *_from_environment(os.environ if environment is None else environment, sections),
        *_from_flags(flags),
    ):
        if section not in sections:
            known = ", ".join(sections)
            raise ConfigError(f"{source}: unknown section {section!r}; the sections are {known}")
        names = [field.name for field in dataclasses.fields(sections[section])]
        if name not in names:
            raise ConfigError(
                f"{source}: unknown setting {section}.{name}; [{section}] has {', '.join(names)}"
            )
        values.setdefault(section, {})[name] = value
    made = {
        section: _made(section, kind, values.get(section, {})) for section, kind in sections.items()
    }
    run, notify = made.pop("run"), made.pop("notify")
    return Config(Settings(**made), run, notify, file, flags)


def _sections() -> dict[str, type[Any]]:
    found = {
        field.name: field.type
        for field in dataclasses.fields(Settings)
        if isinstance(field.type, type)
    }
    return {**found, "run": RunSettings, "notify": NotifySettings}


def _from_file(file: Path | None) -> list[tuple[str, str, str, Any]]:
    if file is None:
        return []
    try:
        content = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: {error}") from None
    out = []
    for section, entries in content.items():
        if not isinstance(entries, dict):
            raise ConfigError(f"{file}: {section!r} stands outside a section such as [pair]")
        out += [(str(file), section, name, value) for name, value in entries.items()]
    return out


def _from_environment(
    environment: Mapping[str, str], sections: Mapping[str, type[Any]]
) -> list[tuple[str, str, str, Any]]:
    out = []
    for variable in sorted(environment):
        for section, kind in sections.items():
            for field in dataclasses.fields(kind):
                if variable == f"ZHEN_{section}_{field.name}".upper():
                    value = _value(environment[variable])
                    out.append((variable, section, field.name, value))
    return out


def _from_flags(flags: Iterable[str]) -> list[tuple[str, str, str, Any]]:
    out = []
    for flag in flags:
        name, equals, value = flag.partition("=")
        section, dot, key = name.partition(".")
        if not equals or not dot:
            raise ConfigError(f"--set {flag}: write SECTION.NAME=VALUE, as in pair.min_score=0.4")
        out.append((f"--set {flag}", section, key, _value(value)))
    return out


def _value(text: str) -> Any:
    """A value as in TOML (``3``, ``true``, ``["a", "b"]``), else the text itself."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _made(section: str, kind: type[T], values: dict[str, Any]) -> T:
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(kind).validate_python(values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in (section, *first["loc"]))
        raise ConfigError(f"{place}: {first['msg']}") from None
