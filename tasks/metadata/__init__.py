"""What a page says about itself: dates, outlet, bylines, counters, title, summary.

Nothing is made up: every value has the words it was read from, absent stays absent, partial stays
partial, ambiguous is flagged.
"""

from tasks.metadata.page import Front, extract, find_front

__all__ = ["Front", "extract", "find_front"]
