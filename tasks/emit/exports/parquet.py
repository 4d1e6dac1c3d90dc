"""Parquet, for data frames and the Hugging Face hub."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from models.records import Origin
from tasks.emit.exports.files import replacing
from tasks.emit.exports.selection import Segment
from tasks.emit.exports.text import storable

_ROWS_IN_A_GROUP = 20_000


@contextmanager
def open_parquet(path: Path) -> Iterator[Callable[[Segment], None]]:
    """Write segments to ``path``, texts exactly as they stand in the corpus.

    Columns: ``id``, ``pair``, ``zh_ids``, ``en_ids``, ``zh``, ``en``, ``score``, ``zh_origin``,
    ``en_origin`` (``source`` or ``machine``), ``zh_model``, ``en_model`` (engine, model and
    revision of machine text, else null), ``flags``, ``zh_script``, ``zh_converted_from``.
    """
    import pyarrow as pa
    from pyarrow import parquet

    schema = _schema(pa)
    columns: list[list[Any]] = [[] for _ in schema]
    # Statistics are useless for texts, and the writer would keep the longest of each group.
    with (
        replacing(path) as file,
        parquet.ParquetWriter(
            file, schema, compression="zstd", write_statistics=["id", "pair", "score"]
        ) as writer,
    ):

        def flush() -> None:
            arrays = [
                pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
            for column in columns:
                column.clear()

        def write(segment: Segment) -> None:
            for column, value in zip(columns, _row(segment), strict=True):
                column.append(value)
            if len(columns[0]) == _ROWS_IN_A_GROUP:
                flush()

        yield write
        if columns[0]:
            flush()


def _schema(pa: Any) -> Any:
    text, ids = pa.string(), pa.list_(pa.string())
    return pa.schema(
        [
            pa.field("id", text, nullable=False),
            pa.field("pair", text, nullable=False),
            pa.field("zh_ids", ids, nullable=False),
            pa.field("en_ids", ids, nullable=False),
            pa.field("zh", text, nullable=False),
            pa.field("en", text, nullable=False),
            pa.field("score", pa.float64(), nullable=False),
            pa.field("zh_origin", text, nullable=False),
            pa.field("en_origin", text, nullable=False),
            pa.field("zh_model", text),
            pa.field("en_model", text),
            pa.field("flags", ids, nullable=False),
            pa.field("zh_script", text),
            pa.field("zh_converted_from", text),
        ]
    )


def _row(segment: Segment) -> tuple[Any, ...]:
    return (
        segment.id,
        segment.pair,
        segment.zh_ids,
        segment.en_ids,
        storable(segment.zh),
        storable(segment.en),
        segment.score,
        segment.zh_origin.kind.value,
        segment.en_origin.kind.value,
        _model(segment.zh_origin),
        _model(segment.en_origin),
        [flag.value for flag in segment.flags],
        segment.script.value if segment.script else None,
        segment.converted_from.value if segment.converted_from else None,
    )


def _model(origin: Origin) -> str | None:
    return " ".join(filter(None, (origin.engine, origin.model, origin.revision))) or None
