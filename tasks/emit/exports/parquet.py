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
def open_parquet(path: Path) -> Iterator[Callable[[Segment], None]]:
    """Write segments to ``path``, texts exactly as they stand in the corpus.

    Columns: ``id``, ``pair``, ``zh_ids``, ``en_ids``, ``zh``, ``en``, ``score``, ``zh_origin``,
    ``en_origin`` (``source`` or ``machine``), ``zh_model``, ``en_model`` (engine, model and
    revision of machine text, else null), ``flags``, ``zh_script``, ``zh_converted_from``.
    """
    import pyarrow as pa
    from pyarrow import parquet

    schema = _schema(pa)
    held: list[Segment] = []
    # Statistics are useless for texts, and the writer would keep the longest of each group.
    with (
        replacing(path) as file,
        parquet.ParquetWriter(
            file, schema, compression="zstd", write_statistics=["id", "pair", "score"]
        ) as writer,
    ):

        def flush() -> None:
            arrays = [
                pa.array([value(segment) for segment in held], field.type)
                for field, (_, _, value) in zip(schema, _COLUMNS, strict=True)
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
            held.clear()

        def write(segment: Segment) -> None:
            held.append(segment)
            if len(held) == _ROWS_IN_A_GROUP:
                flush()

        yield write
        if held:
            flush()


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
