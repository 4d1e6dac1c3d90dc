"""The word weights that pairing and checking consult: a small bilingual table, and pinyin.

See the README beside this file for what it was learned from and how.
"""

from models.weights.latin import counted, latin_places
from models.weights.table import Weights, WeightsError, load_weights, pack_weights
from models.weights.terms import chinese_words, cut_chinese, latin_words, stem

__all__ = [
    "Weights",
    "WeightsError",
    "chinese_words",
    "counted",
    "cut_chinese",
    "latin_places",
    "latin_words",
    "load_weights",
    "pack_weights",
    "stem",
]
