"""What of a line's wording is looked at: words, pairs of words, Chinese characters in threes.

Numbers, commas and the like, and the last full stop say what kind of line it is, not how it is
worded; they are left out.
"""

import re
from itertools import pairwise

_TOKEN = re.compile(
    r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+(?:['’][^\W\d_]+)?|[!?！？|｜©®→»›>@#+↑▲▼👇👆👉🔔]"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_SAME = str.maketrans("！？｜’", "!?|'")
_START, _END = "^", "$"


def wording_features(text: str) -> list[str]:
    """The features of a line, each once, in order; Chinese in Simplified characters.

    >>> wording_features("Sign in!")
    ['sign', '^ sign', 'in', 'sign in', '!', 'in !', '! $']
    >>> wording_features("关注app")
    ['^ 关', '关 注', '^ 关 注', 'app', '注 app', '关 注 app', 'app $']
    """
    tokens = [_START, *_TOKEN.findall(text.lower().translate(_SAME)), _END]
    found: dict[str, None] = {}
    before = ""
    for one, other in pairwise(tokens):
        is_han = _HAN.match(other) is not None
        if other != _END and not is_han:
            found[other] = None
        pair = f"{one} {other}"
        found[pair] = None
        if before and (is_han or _HAN.match(one) is not None):
            found[f"{before} {pair}"] = None
        before = one
    return list(found)
