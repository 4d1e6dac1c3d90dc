"""What a sentence without counterpart earns."""

import numpy as np

from tasks.align.bands import Band
from tasks.align.dynamic import Nulls
from tasks.align.encode import Batch, Floats
from tasks.align.settings import AlignSettings


def null_credits(batch: Batch, band: Band, gain: Floats, settings: AlignSettings) -> Nulls:
    """What sentences without counterpart earn.

    A sentence gets what its tokens would gain by chance (the middling gain of :func:`bead_scores`),
    so that two sentences that have nothing in common are no better off as a pair than apart. Where
    the best pairs of a document gain little more than that (a weak lexicon), nothing proves that a
    sentence has no counterpart, and it gets less.
    """
    credit = []
    for k, side in enumerate((batch.zh, batch.en)):
        count = np.diff(side.document)
        tokens = np.diff(side.start[side.document]) / np.maximum(count, 1)
        strength = (gain[:, 1, k] - gain[:, 0, k]) * tokens
        doubt = np.clip(1.0 - strength / settings.null_strength, 0.0, 1.0) * settings.null_doubt
        document = np.repeat(np.arange(len(batch)), count)
        credit.append(gain[document, 0, k] * side.sizes + settings.null_credit - doubt[document])
    return Nulls.of(batch, band, (credit[0], credit[1]), settings.null_open)
