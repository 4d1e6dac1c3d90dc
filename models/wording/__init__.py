"""What the furniture of web pages sounds like: how much rather a line is of a site than of a text.

See the README beside this file for what it was learned from and how.
"""

from models.wording.features import wording_features
from models.wording.table import Wording, WordingError, load_wording, pack_wording

__all__ = ["Wording", "WordingError", "load_wording", "pack_wording", "wording_features"]
