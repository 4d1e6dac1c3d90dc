"""The settings of pairing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PairSettings:
    """How articles are paired. Known pairs (same page, pairs file) are always taken."""

    file_names: bool = True  # take pairs from file names like x.zh.txt and x.en.txt
    content: bool = True  # search pairs by content
    min_score: float = 0.5  # a pair by content has at least this score (0 to 1)
    tie_margin: float = 2.5  # rivals this near in log-odds (2.5: odds within 12 times) are a tie
    name_floor: float = 0.1  # file names are not believed when the similarity (0 to 1) is less
    candidates: int = 3  # near candidates listed for an article without counterpart
