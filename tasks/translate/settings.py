"""Settings of the translation stage."""

from dataclasses import dataclass
from typing import Literal

from models.engines import Decoding, EngineSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslateSettings:
    """What decides the machine translations of a run, and how they are made."""

    #: ``auto``, ``none``, a model folder, a hub id, or two of these with a comma between them.
    translator: str = "auto"
    #: ``auto``, ``ctranslate2`` or ``transformers``.
    engine: Literal["auto", "ctranslate2", "transformers"] = "auto"
    #: Whether a model named by its hub id is fetched when it is not on this machine.
    download: bool = False
    #: Number format of the CTranslate2 engine.
    compute_type: Literal["int8", "float32", "bfloat16", "float16"] = "int8"
    #: Hypotheses that the search keeps.
    beam: int = 4
    #: Source tokens a sentence may have before it is split at clause ends.
    window: int = 160
    #: A glossary file; None takes the one that ships, ``none`` goes without.
    glossary: str | None = None
    #: Whether a translation that misses a glossary term is made again with the term protected.
    protect_terms: bool = True
    #: ``auto``, ``cpu`` or ``cuda``. Does not change what is asked for, but rounding may differ.
    device: Literal["auto", "cpu", "cuda"] = "auto"
    #: Threads on a CPU; 0 takes one for each core. Cannot change a result.
    threads: int = 0
    #: Source tokens in one batch of the engine. Cannot change a result.
    batch_tokens: int = 2048
    #: Sentences between two commits to the cache: what a kill can cost. Cannot change a result.
    chunk: int = 512
    #: Megabytes that the cache of translations may take before those not used for longest go.
    #: Cannot change a result.
    cache_mb: int = 4000


def engine_settings(settings: TranslateSettings) -> EngineSettings:
    """The engine's part of the settings, for :func:`models.engines.find_engine`."""
    return EngineSettings(
        compute_type=settings.compute_type,
        decoding=Decoding(beam=settings.beam),
        window=settings.window,
        batch_tokens=settings.batch_tokens,
        device=settings.device,
        threads=settings.threads,
    )
