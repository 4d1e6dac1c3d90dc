"""Translation engines behind one small interface; see ``docs/translation.md``.

>>> from models.engines import find_engine
>>> find_engine("none") is None
True
"""

from models.engines.base import (
    EN_ZH,
    ZH_EN,
    Decoding,
    Direction,
    Engine,
    EngineError,
    EngineIdentity,
    EngineNote,
    PrefixEngine,
    Translation,
)
from models.engines.find import EngineName, EngineSpec, find_engine
from models.engines.open import open_engine
from models.engines.settings import EngineSettings

__all__ = [
    "EN_ZH",
    "ZH_EN",
    "Decoding",
    "Direction",
    "Engine",
    "EngineError",
    "EngineIdentity",
    "EngineName",
    "EngineNote",
    "EngineSettings",
    "EngineSpec",
    "PrefixEngine",
    "Translation",
    "find_engine",
    "open_engine",
]
