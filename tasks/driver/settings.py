"""All settings that can change the output of a run, stage by stage."""

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from tasks.align.settings import AlignSettings
from tasks.check.settings import CheckSettings
from tasks.emit.settings import EmitSettings
from tasks.pair.settings import PairSettings
from tasks.read.settings import ReadSettings
from tasks.translate.settings import TranslateSettings
from tasks.words.settings import WordSettings

#: Documents in a shard, unless fewer keep all workers busy; no setting of the output.
SHARD_SIZE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """Which learned parts are consulted."""

    #: A lexicon file made by ``zhen train lexicon``; "" is the one that ships with zhen.
    lexicon: str = ""

    @property
    def lexicon_path(self) -> Path | None:
        """The file, None for the shipped one."""
        return Path(self.lexicon) if self.lexicon else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of every stage."""

    read: ReadSettings = field(default_factory=ReadSettings)
    words: WordSettings = field(default_factory=WordSettings)
    pair: PairSettings = field(default_factory=PairSettings)
    translate: TranslateSettings = field(default_factory=TranslateSettings)
    align: AlignSettings = field(default_factory=AlignSettings)
    check: CheckSettings = field(default_factory=CheckSettings)
    models: ModelSettings = field(default_factory=ModelSettings)
    emit: EmitSettings = field(default_factory=EmitSettings)


#: Settings that cannot change the output: what costs time or memory, and paths (the content of the
#: file behind a path counts by its digest, see :mod:`tasks.driver.revisions`).
_WITHOUT_EFFECT = {
    "words": {"dictionaries"},
    "models": {"lexicon"},
    "translate": {
        "translator", "glossary", "engine", "device", "threads", "batch_tokens", "chunk",
        "cache_mb", "download",
    },
}  # fmt: skip


def deciding(settings: Settings, section: str) -> dict[str, Any]:
    """The settings of a section that can change the output, as plain values."""
    values: dict[str, Any] = asdict(getattr(settings, section))
    return {
        name: value
        for name, value in values.items()
        if name not in _WITHOUT_EFFECT.get(section, ())
    }


def output_config(settings: Settings) -> dict[str, dict[str, Any]]:
    """All settings that can change the output, by section; what the manifest holds."""
    return {part.name: deciding(settings, part.name) for part in fields(Settings)}


def settings_text(settings: Settings, *sections: str) -> str:
    """The deciding settings of some sections as canonical JSON, for the keys of results."""
    values = {section: deciding(settings, section) for section in sections}
    return json.dumps(values, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
