"""Settings of the engines."""

import os
from dataclasses import dataclass, field
from typing import Literal

from models.engines.base import Decoding

#: Number formats of CTranslate2.
ComputeType = Literal["int8", "float32", "bfloat16", "float16"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """How an engine runs."""

    #: CTranslate2's number format; the transformers engine always computes in ``torch_type``.
    compute_type: ComputeType = "int8"
    #: The number format of the transformers engine.
    torch_type: Literal["float32", "bfloat16"] = "float32"
    #: The search.
    decoding: Decoding = field(default_factory=Decoding)
    #: Source tokens a sentence may have before it is split at clause ends.
    window: int = 160
    #: Source tokens in one batch; bounds the memory, cannot change a result.
    batch_tokens: int = 2048
    #: ``cpu``, ``cuda`` or ``auto`` (a GPU where there is one).
    device: Literal["auto", "cpu", "cuda"] = "auto"
    #: Threads on a CPU; 0 takes one for each core that may be used, at most 8.
    threads: int = 0

    def as_settings(self, engine: str) -> dict[str, str | int | float | bool]:
        """What can change a result, for an :class:`models.engines.base.EngineIdentity`."""
        number = self.torch_type if engine == "transformers" else self.compute_type
        return {"compute_type": number, "window": self.window, **self.decoding.as_settings()}


def threads(wanted: int) -> int:
    """How many threads to use: ``wanted``, or for 0 one for each core we may use, at most 8."""
    if wanted > 0:
        return wanted
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # not on Linux
        cores = os.cpu_count() or 1
    return max(1, min(8, cores))
