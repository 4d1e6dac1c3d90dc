"""Translation: machine counterparts for articles that have none; see ``docs/translation.md``."""

from tasks.translate.article import MachineArticle, translate_article, translate_articles
from tasks.translate.cache import CacheError, TranslationCache
from tasks.translate.guards import FATAL, Fault, find_faults
from tasks.translate.settings import TranslateSettings, engine_settings
from tasks.translate.translator import Outcome, TranslateCounts, translate_texts

__all__ = [
    "FATAL",
    "CacheError",
    "Fault",
    "MachineArticle",
    "Outcome",
    "TranslateCounts",
    "TranslateSettings",
    "TranslationCache",
    "engine_settings",
    "find_faults",
    "translate_article",
    "translate_articles",
    "translate_texts",
]
