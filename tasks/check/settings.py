"""The settings of the checks on beads."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSettings:
    """When a check raises its flag. Measurements are stored whether a flag is raised or not."""

    length_deviation: float = 3.5  # length ratios so many standard deviations off are outliers
    min_coverage: float = 0.12  # less lexical coverage than this (0 to 1) is low
    coverage_words: int = 8  # coverage is judged from so many content words on
    copy_overlap: float = 0.8  # a side is a copy when it shares this much (0 to 1) of the other
