"""TMX 1.4b, the exchange format of translation memories.

Specification: https://www.gala-global.org/tmx-14b. The file has no document type declaration: with
one, some readers look for ``tmx14.dtd`` beside the file and stop. It has no dates either, since
they would differ from run to run.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from html import escape
from pathlib import Path

from models.records import Origin, OriginKind
from tasks.emit.exports.files import replacing
from tasks.emit.exports.selection import Segment
from tasks.emit.exports.text import xml_text
from tasks.emit.version import tool_version

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="zhen" creationtoolversion="{version}" segtype="sentence" o-tmf="zhen" \
adminlang="en" srclang="*all*" datatype="plaintext"/>
<body>
"""
_SPECIAL = re.compile("[&<>]")
FOOT = b"</body>\n</tmx>\n"


def head() -> bytes:
    """What stands before the first unit."""
    return _HEAD.format(version=escape(tool_version())).encode()


@contextmanager
def open_tmx(path: Path) -> Iterator[Callable[[Segment], None]]:
    """Write segments to ``path`` as translation units (see :func:`encode_tmx`)."""
    with replacing(path) as file:
        file.write(head())

        def write(segment: Segment) -> None:
            file.write(encode_tmx(segment))

        yield write
        file.write(FOOT)


def encode_tmx(segment: Segment) -> bytes:
    """A segment as a translation unit.

    A unit has the bead's id as ``tuid`` and properties ``x-pair``, ``x-score``, ``x-origin``
    (``machine`` when a side is) and ``x-flags``; a side has ``x-sentences``, ``x-origin`` and, if a
    machine made it, ``x-engine``, ``x-model``, ``x-revision`` and ``creationid="MT"``. Characters
    that XML does not allow are left out.
    """
    return _unit(segment).encode()


def _unit(segment: Segment) -> str:
    zh, en = segment.zh_origin, segment.en_origin
    origin, srclang = OriginKind.SOURCE, ""
    if segment.machine:  # the machine's side is the translation, the other its source
        origin = OriginKind.MACHINE
        srclang = f' srclang="{"en" if zh.kind is origin else segment.zh_tag}"'
    return (
        f'<tu tuid="{escape(segment.id)}"{srclang}>\n'
        f"{_prop('x-pair', segment.pair)}"
        f'<prop type="x-score">{segment.score!r}</prop>\n'
        f'<prop type="x-origin">{origin}</prop>\n'
        f"{_prop('x-flags', ' '.join(segment.flags))}"
        f"{_side(segment.zh_tag, zh)}"
        f"{_prop('x-converted-from', segment.converted_from)}"
        f"{_prop('x-sentences', ' '.join(segment.zh_ids))}"
        f"<seg>{_escaped(segment.zh)}</seg>\n</tuv>\n"
        f"{_side('en', en)}"
        f"{_prop('x-sentences', ' '.join(segment.en_ids))}"
        f"<seg>{_escaped(segment.en)}</seg>\n</tuv>\n</tu>\n"
    )


def _side(tag: str, origin: Origin) -> str:
    """The beginning of a side: its language, and whose words it is."""
    return _side_start(tag, origin.kind, origin.engine, origin.model, origin.revision)


@lru_cache(maxsize=64)
def _side_start(
    tag: str, kind: OriginKind, engine: str | None, model: str | None, revision: str | None
) -> str:
    made = ' creationid="MT"' if kind is OriginKind.MACHINE else ""
    props = {"x-origin": kind, "x-engine": engine, "x-model": model, "x-revision": revision}
    return f'<tuv xml:lang="{tag}"{made}>\n' + "".join(
        _prop(name, value) for name, value in props.items()
    )


def _prop(name: str, value: str | None) -> str:
    """A property, if it has a value."""
    return f'<prop type="{name}">{_escaped(value)}</prop>\n' if value else ""


def _escaped(text: str) -> str:
    if text.isprintable():
        return escape(text, quote=False) if _SPECIAL.search(text) else text
    return escape(xml_text(text), quote=False).replace("\r", "&#13;")  # else read as a line feed
