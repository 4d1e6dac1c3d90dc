"""Which engine will translate: decided from files alone, in a fraction of a second."""

import importlib.util
import logging
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from models.engines.base import Direction, EngineError, EngineIdentity
from models.engines.files import Layout, ModelFolder, check_folder
from models.engines.places import (
    SHIPPED,
    converted_folder,
    hub_snapshot,
    pulled_folder,
)
from models.engines.settings import EngineSettings
from models.places import cache_folder
from models.records import Lang

_log = logging.getLogger(__name__)

EngineName = Literal["auto", "ctranslate2", "transformers"]

#: What ``auto`` looks for on disk when no model ships.
_OPUS_PAIR = ("Helsinki-NLP/opus-mt-zh-en", "Helsinki-NLP/opus-mt-en-zh")
_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+")


@dataclass(frozen=True, slots=True)
class EngineSpec:
    """What :func:`find_engine` decided on: the engine and one or two model folders.

    It is small, can be pickled to a worker, and knows the identity of the engine before anything
    heavy is loaded. :func:`models.engines.open_engine` makes the engine.
    """

    engine: Literal["ctranslate2", "transformers"]
    models: tuple[ModelFolder, ...]
    settings: EngineSettings
    cache: Path

    @property
    def name(self) -> str:
        """The models' names, for people."""
        return ", ".join(model.name for model in self.models)

    @property
    def directions(self) -> frozenset[Direction]:
        """The directions that can be translated."""
        return frozenset().union(*(model.directions for model in self.models))

    def model_for(self, source: Lang, target: Lang) -> ModelFolder:
        """The model that translates a direction."""
        for model in self.models:
            if (source, target) in model.directions:
                return model
        raise EngineError(f"model {self.name} does not translate {source} to {target}")

    def identity(self, source: Lang, target: Lang) -> EngineIdentity:
        """Who will translate; the same as that of the opened engine."""
        model = self.model_for(source, target)
        revision = model.revision(self.cache / "digests")
        return EngineIdentity(
            self.engine, model.name, revision, self.settings.as_settings(self.engine)
        )


def find_engine(
    spec: str = "auto",
    *,
    engine: EngineName = "auto",
    settings: EngineSettings | None = None,
    cache: Path | None = None,
    download: bool = False,
) -> EngineSpec | None:
    """Find the translator that ``spec`` names.

    ``spec`` is ``auto`` (the model that ships with zhen, else an opus-mt pair that lies in the
    cache of zhen or of Hugging Face, else none), ``none``, a model folder, a hub id, or two of
    these with a comma between them, one for each direction. ``engine`` is ``ctranslate2``,
    ``transformers`` or ``auto`` (CTranslate2 wherever it can be). Nothing is downloaded unless
    ``download`` is true and a hub id is not there yet.

    Raises :class:`EngineError` with one plain line when what was asked for is missing or broken.
    """
    settings = settings or EngineSettings()
    cache = cache or cache_folder()
    if spec == "none":
        return None
    if spec == "auto":
        return _find_auto(engine, settings, cache)
    names = [spec] if Path(spec).is_dir() else [part.strip() for part in spec.split(",")]
    if len(names) > 2:
        raise EngineError(f"--translator takes one model, or two with a comma: {spec}")
    models = tuple(_find_model(name, cache, download) for name in names)
    return _decide(models, engine, settings, cache)


def _find_auto(engine: EngineName, settings: EngineSettings, cache: Path) -> EngineSpec | None:
    if SHIPPED.is_dir():
        return _decide((check_folder(SHIPPED, "zhen"),), engine, settings, cache)
    models: list[ModelFolder] = []
    for hub_id in _OPUS_PAIR:
        folder = _local_folder(hub_id, cache)
        if folder is None:
            continue
        try:
            models.append(check_folder(folder, hub_id))
        except EngineError as error:
            _log.warning("not used: %s", error)
    if not models:
        return None
    try:
        return _decide(tuple(models), engine, settings, cache)
    except EngineError as error:
        _log.warning("not used: %s", error)
        return None


def _local_folder(hub_id: str, cache: Path) -> Path | None:
    pulled = pulled_folder(cache, hub_id)
    return pulled if pulled.is_dir() else hub_snapshot(hub_id)


def _find_model(name: str, cache: Path, download: bool) -> ModelFolder:
    if Path(name).is_dir():
        return check_folder(Path(name))
    folder = _local_folder(name, cache) if _HUB_ID.fullmatch(name) else None
    if folder is not None:
        return check_folder(folder, name)
    if not _HUB_ID.fullmatch(name) or name.startswith((".", "/", "~")):
        raise EngineError(f"there is no model folder {name}")
    if not download:
        raise EngineError(
            f"model {name} is not on this machine (no such folder, not in the caches); "
            f"get it with: zhen models pull {name}"
        )
    from models.engines.pull import pull_model

    return check_folder(pull_model(name, cache=cache), name)


def _decide(
    models: tuple[ModelFolder, ...], engine: EngineName, settings: EngineSettings, cache: Path
) -> EngineSpec:
    if len(models) == 2 and models[0].directions & models[1].directions:
        raise EngineError(
            f"{models[0].name} and {models[1].name} translate the same direction; "
            "give one for each direction"
        )
    if engine == "transformers":
        for model in models:
            if model.layout is Layout.CTRANSLATE2:
                raise EngineError(
                    f"model {model.name} is a CTranslate2 model; the transformers engine needs "
                    "the original one"
                )
        _need_torch("the transformers engine")
        return EngineSpec("transformers", models, settings, cache)
    spec = EngineSpec("ctranslate2", models, settings, cache)
    for model in models:
        if (
            model.layout is Layout.TRANSFORMERS
            and not converted_folder(
                cache, model.name, model.revision(cache / "digests"), settings.compute_type
            ).is_dir()
        ):
            _need_torch(f"converting {model.name} once")
    return spec


def _need_torch(what: str) -> None:
    for module in ("torch", "transformers"):
        if importlib.util.find_spec(module) is None:
            raise EngineError(f"{what} needs {module}: install zhen[torch]")
