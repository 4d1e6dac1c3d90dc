"""The options that choose a translation engine, for the commands that translate."""

from enum import StrEnum
from typing import Annotated, Literal

import typer


class EngineOption(StrEnum):
    """What runs a model."""

    AUTO = "auto"
    CT2 = "ct2"
    TRANSFORMERS = "transformers"

    @property
    def setting(self) -> Literal["auto", "ctranslate2", "transformers"]:
        """The value of the setting ``translate.engine``."""
        match self:
            case EngineOption.CT2:
                return "ctranslate2"
            case EngineOption.TRANSFORMERS:
                return "transformers"
            case _:
                return "auto"


Engine = Annotated[
    EngineOption | None,
    typer.Option("--engine", help="What runs the model [default: auto, ct2 where it can]."),
]
Download = Annotated[
    bool,
    typer.Option("--download", help="Fetch a model named by hub id that is not here yet."),
]


def engine_flags(engine: EngineOption | None, download: bool) -> list[str]:
    """The options as ``section.name=value`` settings."""
    flags = [] if engine is None else [f"translate.engine={engine.setting}"]
    return [*flags, "translate.download=true"] if download else flags
