"""A line of a JSONL file: one document with its fields."""

import json
import re
from dataclasses import replace
from typing import Any

from models.records import Hints, QuarantineReason
from tasks.read.decode import decode
from tasks.read.extracted import Extracted
from tasks.read.settings import ReadSettings
from tasks.read.unusable import UnusableError

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_SLASH = re.compile(r"[/\\]")
_HINTS = ("id", "title", "url", "published", "outlet", "lang")


def extract_record(line: bytes, settings: ReadSettings) -> Extracted:
    """The text and hints of the record in ``line``; an ``html`` field is extracted like a page.

    Raises :class:`UnusableError`: BAD_RECORD when the line is no JSON object with a text, or a
    field has a type that says nothing; UNSAFE for an id that is made to lead out of a folder.
    """
    decoded = decode(line)
    record = _parse(decoded.text)
    fields = {name: _text(record, settings, name) for name in ("text", "html", *_HINTS)}
    _check_id(fields["id"])
    hints = Hints(
        how="jsonl",
        authors=_authors(record, settings),
        **{name: _clean(fields[name]) for name in _HINTS},
    )
    text, html = fields["text"], fields["html"]
    if text is None and html is None:
        names = [settings.jsonl_name(name) for name in ("text", "html")]
        wanted = " or ".join(f'"{name}"' for name in names if name)
        raise UnusableError(QuarantineReason.BAD_RECORD, f"no field {wanted}")
    if text is not None:
        extracted = Extracted(text, hints)
    else:
        from tasks.read.html import extract_page

        page = extract_page(html or "")
        extracted = replace(page, hints=_merged(hints, page.hints))
    return replace(
        extracted,
        encoding=decoded.encoding,
        confidence=decoded.confidence,
        alternatives=decoded.alternatives,
    )


def _parse(text: str) -> dict[str, Any]:
    try:
        record = json.loads(text)
    except json.JSONDecodeError as error:
        detail = f"no JSON: {error.msg} at character {error.pos + 1} of the line"
        raise UnusableError(QuarantineReason.BAD_RECORD, detail) from None
    except (RecursionError, ValueError):  # brackets or digits without end
        raise UnusableError(QuarantineReason.BAD_RECORD, "no JSON that makes sense") from None
    if not isinstance(record, dict):
        raise UnusableError(QuarantineReason.BAD_RECORD, "not a JSON object")
    return record


def _text(record: dict[str, Any], settings: ReadSettings, ours: str) -> str | None:
    """The value of a field as a text; numbers (time stamps, ids) as they are written."""
    name = settings.jsonl_name(ours)
    value = record.get(name) if name else None
    if isinstance(value, bool) or not isinstance(value, str | int | float | None):
        raise _wrong_type(name, value)
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if ours in ("text", "html") and value is not None:
        raise _wrong_type(name, value)
    return None if value is None else str(value)


def _check_id(value: str | None) -> None:
    """Refuse a path trick. zhen makes no path of an id, but who reads the corpus may."""
    value = (value or "").strip()
    if _CONTROL.search(value) or ".." in _SLASH.split(value):
        detail = "the id has control characters or a .. in it, which no honest id has"
        raise UnusableError(QuarantineReason.UNSAFE, detail)


def _authors(record: dict[str, Any], settings: ReadSettings) -> tuple[str, ...]:
    """The authors: one name, a list of names, or of objects with a ``name``."""
    name = settings.jsonl_name("authors")
    value = record.get(name) if name else None
    names = value if isinstance(value, list) else [value]
    authors: list[str] = []
    for entry in names:
        author = entry.get("name") if isinstance(entry, dict) else entry
        if not isinstance(author, str | None):
            raise _wrong_type(name, value)
        cleaned = _clean(author and _SURROGATE.sub("\ufffd", author))
        if cleaned:
            authors.append(cleaned)
    return tuple(authors)


def _wrong_type(name: str, value: object) -> UnusableError:
    kinds = {bool: "true or false", list: "a list", dict: "an object", int: "a number"}
    kind = kinds.get(type(value), "a number")
    return UnusableError(QuarantineReason.BAD_RECORD, f'field "{name}" is {kind}, not a text')


def _clean(value: str | None) -> str | None:
    """``value`` without blanks at its ends; None when nothing is left."""
    return (value or "").strip() or None


def _merged(record: Hints, page: Hints) -> Hints:
    """The hints of a record, completed by those of the page in it."""
    return Hints(
        how="jsonl",
        title=record.title or page.title,
        url=record.url or page.url,
        published=record.published or page.published,
        updated=page.updated,
        outlet=record.outlet or page.outlet,
        authors=record.authors or page.authors,
        lang=record.lang or page.lang,
        summary=page.summary,
        id=record.id,
    )
