"""Batches of training examples: rows of the packed data in one direction, of similar length."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.training.data_noise import Use
from models.training.data_pack import PackedData

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The ids that are not pieces."""

    end: int
    pad: int
    to_zh: int
    to_en: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded ids, rows × positions (int64): ``labels`` hold -100 where nothing is learned.

    ``sources`` are tag, pieces, end; ``inputs`` start with padding, as Marian's decoder does.
    """

    sources: "NDArray[np.int64]"
    inputs: "NDArray[np.int64]"
    labels: "NDArray[np.int64]"
    target_tokens: int


class Examples:
    """All examples of the packed data: a row for both directions is two examples."""

    def __init__(self, data: PackedData, vocabulary: Vocabulary):
        import numpy as np

        self._data = data
        self._vocabulary = vocabulary
        zh_en = np.flatnonzero(data.uses != Use.EN_ZH)
        en_zh = np.flatnonzero(data.uses != Use.ZH_EN)
        self._rows = np.concatenate((zh_en, en_zh))
        self._to_zh = np.concatenate((np.zeros(len(zh_en), bool), np.ones(len(en_zh), bool)))
        zh, en = np.diff(data.zh_at)[self._rows], np.diff(data.en_at)[self._rows]
        self._source_size = np.where(self._to_zh, en, zh) + 2
        self._target_size = np.where(self._to_zh, zh, en) + 1

    def __len__(self) -> int:
        return len(self._rows)

    def epoch(self, number: int, batch_tokens: int, seed: int) -> "list[NDArray[np.int64]]":
        """The batches of an epoch as example indices: of similar length, in random order.

        The same for the same ``number`` and ``seed``.
        """
        import numpy as np

        random = np.random.default_rng((seed, number))
        order = random.permutation(len(self))
        # Sorting by blurred sizes mixes the batches anew in every epoch, and both directions in
        # every batch: sorting by both sides would save a tenth of the padding, but put each
        # direction in batches of its own, and a small model then learned far more slowly.
        size = np.maximum(self._source_size, self._target_size)[order]
        blurred = size * random.uniform(0.95, 1.05, len(size))
        order = order[np.argsort(blurred, kind="stable")]
        size = np.maximum(self._source_size, self._target_size)[order]
        batches = list(_cut(order, size, batch_tokens))
        random.shuffle(batches)
        return batches

    def batch(self, chosen: "NDArray[np.int64]") -> Batch:
        """The padded arrays of one batch."""
        import numpy as np

        words, data = self._vocabulary, self._data
        rows, to_zh = self._rows[chosen], self._to_zh[chosen]
        source_size, target_size = self._source_size[chosen], self._target_size[chosen]
        width = _rounded(int(source_size.max()))
        sources = np.full((len(chosen), width), words.pad, np.int64)
        inputs = np.full((len(chosen), _rounded(int(target_size.max()))), words.pad, np.int64)
        labels = np.full(inputs.shape, -100, np.int64)
        sources[:, 0] = np.where(to_zh, words.to_zh, words.to_en)
        for flag in (False, True):
            of = np.flatnonzero(to_zh == flag)
            zh = (data.zh, data.zh_at[rows[of]])
            en = (data.en, data.en_at[rows[of]])
            source, target = (en, zh) if flag else (zh, en)
            _fill(sources, of, 1, source, source_size[of] - 2)
            _fill(inputs, of, 1, target, target_size[of] - 1)
            _fill(labels, of, 0, target, target_size[of] - 1)
        every = np.arange(len(chosen))
        sources[every, source_size - 1] = words.end
        labels[every, target_size - 1] = words.end
        return Batch(sources, inputs, labels, int(target_size.sum()))


def _cut(
    order: "NDArray[np.int64]", size: "NDArray[np.int64]", batch_tokens: int
) -> "Iterator[NDArray[np.int64]]":
    """Cut sorted examples so that rows × longest stays within ``batch_tokens``."""
    start = 0
    while start < len(order):
        # Sizes grow but for the blur, so a guess from the first is made smaller until it fits.
        count = max(1, batch_tokens // int(size[start]))
        while count > 1:
            longest = int(size[start : start + count].max())
            if min(count, len(order) - start) * longest <= batch_tokens:
                break
            count = max(1, min(count - 1, batch_tokens // longest))
        yield order[start : start + count]
        start += count


def _fill(
    out: "NDArray[np.int64]",
    rows: "NDArray[np.int64]",
    column: int,
    stream: "tuple[NDArray[np.uint16], NDArray[np.int64]]",
    sizes: "NDArray[np.int64]",
) -> None:
    """Copy ``sizes`` ids of a stream, from the given starts, into ``rows`` from ``column`` on."""
    import numpy as np

    values, starts = stream
    total = int(sizes.sum())
    if not total:
        return
    row = np.repeat(rows, sizes)
    offset = np.arange(total) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    out[row, column + offset] = values[np.repeat(starts, sizes) + offset]


def _rounded(size: int) -> int:
    """The next multiple of eight, which tensor cores like."""
    return -(-size // 8) * 8
