"""Language and script: which script a text is written in, and which language each block is in."""

from tasks.language.decide import Detected, DocumentLanguage, decide, detect

__all__ = ["Detected", "DocumentLanguage", "decide", "detect"]
