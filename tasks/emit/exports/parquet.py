"""Parquet, for data frames and the Hugging Face hub."""

from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from models.records import Origin
from tasks.emit.exports.files import replacing
from tasks.emit.exports.selection import Segment
from tasks.emit.exports.text import storable
from tasks.emit.joining import Stretch

_ROWS_IN_A_GROUP = 20_000
_TEXT, _TEXT_OR_NULL, _TEXTS, _NUMBER = "text", "text or null", "texts", "number"

#: Name, type and value of each column.
_COLUMNS: tuple[tuple[str, str, Callable[[Segment], Any]], ...] = (
    ("id", _TEXT, lambda s: s.id),
    ("pair", _TEXT, lambda s: s.pair),
    ("zh_ids", _TEXTS, lambda s: s.zh_ids),
    ("en_ids", _TEXTS, lambda s: s.en_ids),
    ("zh", _TEXT, lambda s: storable(s.zh)),
    ("en", _TEXT, lambda s: storable(s.en)),
    ("score", _NUMBER, lambda s: s.score),
    ("zh_origin", _TEXT, lambda s: s.zh_origin.kind),
    ("en_origin", _TEXT, lambda s: s.en_origin.kind),
    ("zh_model", _TEXT_OR_NULL, lambda s: _model(s.zh_origin)),
    ("en_model", _TEXT_OR_NULL, lambda s: _model(s.en_origin)),
    ("flags", _TEXTS, lambda s: s.flags),
    ("zh_script", _TEXT_OR_NULL, lambda s: s.script),
    ("zh_converted_from", _TEXT_OR_NULL, lambda s: s.converted_from),
)


@contextmanager
def open_parquet(path: Path, *, fragment: bool = False) -> Iterator[Callable[[Segment], None]]:
    """Write segments to ``path``, texts exactly as they stand in the corpus. A fragment is a stream
    of Arrow's, for :func:`join_parquet`.

    Columns: ``id``, ``pair``, ``zh_ids``, ``en_ids``, ``zh``, ``en``, ``score``, ``zh_origin``,
    ``en_origin`` (``source`` or ``machine``), ``zh_model``, ``en_model`` (engine, model and
    revision of machine text, else null), ``flags``, ``zh_script``, ``zh_converted_from``.
    """
    import pyarrow as pa

    schema = _schema(pa)
    held: list[Segment] = []
    with (
        replacing(path) as file,
        pa.ipc.new_stream(file, schema) if fragment else _writer(file, schema) as writer,
    ):

        def flush() -> None:
            arrays = [_array(pa, kind, list(map(value, held))) for _, kind, value in _COLUMNS]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
            held.clear()

        def write(segment: Segment) -> None:
            held.append(segment)
            if len(held) == _ROWS_IN_A_GROUP:
                flush()

        yield write
        if held:
            flush()


def _array(pa: Any, kind: str, values: list[Any]) -> Any:
    """The values of a column as Arrow has them, made from bytes: ``pyarrow.array`` would load all
    of pandas, wherever that is installed, to ask whether they are one of its series.
    """
    if kind == _NUMBER:
        numbers = pa.py_buffer(np.array(values, np.float64))
        return pa.Array.from_buffers(pa.float64(), len(values), [None, numbers])
    if kind == _TEXTS:
        texts = _array(pa, _TEXT, list(chain.from_iterable(values)))
        offsets = pa.py_buffer(_offsets(values))
        type_ = pa.list_(pa.string())
        return pa.Array.from_buffers(type_, len(values), [None, offsets], children=[texts])
    data = [b"" if value is None else value.encode() for value in values]
    there = None
    if None in values:
        bits = np.array([value is not None for value in values])
        there = pa.py_buffer(np.packbits(bits, bitorder="little"))
    buffers = [there, pa.py_buffer(_offsets(data)), pa.py_buffer(b"".join(data))]
    return pa.Array.from_buffers(pa.string(), len(values), buffers)


def _offsets(values: Sequence[Sized]) -> NDArray[np.int32]:
    """Where each value begins when they follow each other, and where the last one ends."""
    return np.cumsum([0, *map(len, values)], dtype=np.int32)


def join_parquet(stretches: Iterable[Stretch], path: Path) -> None:
    """Write stretches of rows, in order, as :func:`open_parquet` would have written them.

    They are rows of fragments, or of whole files; those of one file in their order.
    """
    import pyarrow as pa

    with replacing(path) as file, _writer(file, _schema(pa)) as writer:
        for group in _groups(stretches):
            writer.write_batch(group)


def _groups(stretches: Iterable[Stretch]) -> Iterator[Any]:
    """Rows as record batches of the size of a group."""
    import pyarrow as pa

    held: list[Any] = []
    rows = 0
    for table in _tables(stretches):
        held.append(table)
        rows += table.num_rows
        while rows >= _ROWS_IN_A_GROUP:
            whole = pa.concat_tables(held)
            yield _one_batch(whole.slice(0, _ROWS_IN_A_GROUP))
            rows -= _ROWS_IN_A_GROUP
            held = [whole.slice(_ROWS_IN_A_GROUP)]
    if rows:
        yield _one_batch(pa.concat_tables(held))


def _tables(stretches: Iterable[Stretch]) -> Iterator[Any]:
    """The rows of each stretch as tables."""
    import pyarrow as pa

    open_files: dict[Path, _Rows] = {}
    for stretch in stretches:
        rows = open_files.get(stretch.path)
        if rows is None:
            kept = {place: found for place, found in open_files.items() if not found.passing}
            rows = _Rows(stretch.path, _schema(pa))
            open_files = {**kept, stretch.path: rows}
        yield from rows.take(stretch.start, stretch.size)


class _Rows:
    """The rows of a file, taken from its beginning to its end; one group is held in memory."""

    def __init__(self, path: Path, schema: Any) -> None:
        import pyarrow as pa
        from pyarrow import parquet

        with open(path, "rb") as file:
            whole = file.read(4) == b"PAR1"
        self.passing = not whole  # a fragment: of one part, which is done with when others follow
        self._groups: Iterator[Any]
        if whole:
            source = parquet.ParquetFile(path)
            count = source.metadata.num_row_groups
            self._groups = (source.read_row_group(n).cast(schema) for n in range(count))
        else:
            with pa.OSFile(str(path)) as data, pa.ipc.open_stream(data) as stream:
                self._groups = iter([stream.read_all()])
        self._first = self._end = 0  # rows of the group in memory
        self._held: Any = None

    def take(self, start: int, size: int) -> Iterator[Any]:
        while size:
            while start >= self._end:
                self._held = next(self._groups)
                self._first, self._end = self._end, self._end + self._held.num_rows
            part = self._held.slice(start - self._first, min(size, self._end - start))
            start, size = start + part.num_rows, size - part.num_rows
            yield part


def _one_batch(table: Any) -> Any:
    return table.combine_chunks().to_batches()[0]


def _writer(file: BinaryIO, schema: Any) -> Any:
    from pyarrow import parquet

    # Statistics are useless for texts, and the writer would keep the longest of each group.
    return parquet.ParquetWriter(
        file, schema, compression="zstd", write_statistics=["id", "pair", "score"]
    )


def _schema(pa: Any) -> Any:
    types = {
        _TEXT: pa.string(),
        _TEXT_OR_NULL: pa.string(),
        _TEXTS: pa.list_(pa.string()),
        _NUMBER: pa.float64(),
    }
    return pa.schema(
        [pa.field(name, types[kind], nullable=kind == _TEXT_OR_NULL) for name, kind, _ in _COLUMNS]
    )


def _model(origin: Origin) -> str | None:
    return " ".join(filter(None, (origin.engine, origin.model, origin.revision))) or None
