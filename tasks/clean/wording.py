"""How a line is worded: like the furniture of a site, or like a text (:mod:`models.wording`)."""

from functools import lru_cache

from models.wording import load_wording
from tasks.blocks.prose import weight
from tasks.language.hans import to_simplified

_LONGEST = 300  # weight of a line of the site
_TEXT = -3.0  # log odds of a longer one


@lru_cache(maxsize=4096)  # pages of a site have the same lines
def furniture_odds(text: str) -> float:
    """By how much a line is rather worded as a site's than as a text's (log odds).

    It says nothing of headlines: those of teasers are worded as those of articles.

    >>> furniture_odds("Log in to pick up your reading where you stopped") > 1
    True
    >>> furniture_odds("昨天下午，渡轮在港口停了三个小时。") < -1
    True
    """
    if weight(text) > _LONGEST:
        return _TEXT
    return load_wording().odds(to_simplified(text))
