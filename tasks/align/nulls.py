"""What a sentence without counterpart earns."""

import numpy as np

from tasks.align.dynamic import Nulls
from tasks.align.encode import Document, Floats
from tasks.align.settings import AlignSettings


def null_credits(document: Document, gain: Floats, settings: AlignSettings) -> Nulls:
    """What sentences without counterpart earn.

    A sentence gets what its tokens would gain by chance (the middling gain of
    :func:`tasks.align.scores.token_gains`), so that two sentences that have nothing in common are
    no better off as a pair than apart. Where the best pairs of a document gain little more than
    that (a weak lexicon), nothing proves that a sentence has no counterpart, and it gets less.
    """
    credit = []
    for k, side in enumerate((document.zh, document.en)):
        strength = (gain[1, k] - gain[0, k]) * len(side.tokens) / max(side.sentences, 1)
        doubt = min(max(1.0 - strength / settings.null_strength, 0.0), 1.0) * settings.null_doubt
        credit.append(gain[0, k] * np.diff(side.start) + (settings.null_credit - doubt))
    return Nulls(settings.null_open, credit[0], credit[1])
