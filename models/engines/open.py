"""From what was found to an engine that translates."""

import os
from contextlib import suppress

from models.engines.base import (
    Decoding,
    Direction,
    EngineError,
    EngineIdentity,
    PrefixEngine,
    Translation,
)
from models.engines.files import Layout, ModelFolder
from models.engines.find import EngineSpec
from models.engines.places import converted_folder
from models.records import Lang


def open_engine(spec: EngineSpec) -> PrefixEngine:
    """Load the engine that :func:`models.engines.find_engine` decided on.

    A transformers model is converted for CTranslate2 when that was not done before. Raises
    :class:`EngineError` with one plain line.
    """
    engines = tuple(_open_one(spec, model) for model in spec.models)
    return engines[0] if len(engines) == 1 else PairEngine(engines)


def _open_one(spec: EngineSpec, model: ModelFolder) -> PrefixEngine:
    direction = next(iter(sorted(model.directions)))
    identity = spec.identity(*direction)
    if spec.engine == "transformers":
        from models.engines.hf import TransformersEngine

        return TransformersEngine(model, identity, spec.settings)
    from models.engines.ct2 import CTranslate2Engine

    if model.layout is Layout.TRANSFORMERS:
        from models.engines.convert import convert_model

        compute_type = spec.settings.compute_type
        revision = model.revision(spec.cache / "digests")
        place = converted_folder(spec.cache, model.name, revision, compute_type)
        model = convert_model(model, place, compute_type)
        with suppress(OSError):  # a cache that is only read
            os.utime(place)  # in use: cleaning drops what nobody has opened for long
    return CTranslate2Engine(model, identity, spec.settings)


class PairEngine:
    """Two models, each for its own direction, as one engine."""

    def __init__(self, engines: tuple[PrefixEngine, ...]):
        self._engines = engines
        self.placeholders: tuple[str, ...] = ()

    @property
    def directions(self) -> frozenset[Direction]:
        """The directions of both."""
        return frozenset().union(*(engine.directions for engine in self._engines))

    def _engine(self, source: Lang, target: Lang) -> PrefixEngine:
        for engine in self._engines:
            if (source, target) in engine.directions:
                return engine
        raise EngineError(f"no model translates {source} to {target}")

    def identity(self, source: Lang, target: Lang) -> EngineIdentity:
        """That of the model for the direction."""
        return self._engine(source, target).identity(source, target)

    def translate(
        self,
        texts: list[str],
        source: Lang,
        target: Lang,
        *,
        decoding: Decoding | None = None,
    ) -> list[Translation]:
        """Translate with the model for the direction."""
        return self._engine(source, target).translate(texts, source, target, decoding=decoding)

    def complete(
        self,
        texts: list[str],
        prefixes: list[str],
        source: Lang,
        target: Lang,
        *,
        decoding: Decoding | None = None,
    ) -> list[Translation]:
        """Complete with the model for the direction."""
        engine = self._engine(source, target)
        return engine.complete(texts, prefixes, source, target, decoding=decoding)
