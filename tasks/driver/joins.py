"""The files of a corpus folder put together from what was made and what is taken over."""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from models.manifest import FileDigest, Summary
from tasks.driver.clock import StageClock, StageTimes
from tasks.driver.parts import EXPORTS, ItemNote
from tasks.emit.corpus import LINE_FILES, QUARANTINE
from tasks.emit.exports import Format, join_fragments
from tasks.emit.joining import Stretch, join_stretches, read_published
from tasks.emit.report import Rendered, assemble_report
from tasks.emit.settings import EmitSettings


@dataclass(frozen=True, slots=True)
class JoinLines:
    """The line files but the quarantine: what each takes from where."""

    folder: Path
    stretches: Mapping[str, Sequence[Stretch]]
    published: Mapping[Path, str]


@dataclass(frozen=True, slots=True)
class JoinExports:
    """The bitext files, by their names in ``exports/``."""

    folder: Path
    stretches: Mapping[str, Sequence[Stretch]]
    published: Mapping[Path, str]
    formats: tuple[Format, ...]


@dataclass(frozen=True, slots=True)
class JoinReport:
    """The report: the note of each item and where the markup of its section lies."""

    folder: Path
    notes: Sequence[bytes]
    markups: Sequence[Stretch]
    published: Mapping[Path, str]
    summary: Summary
    settings: EmitSettings


@dataclass(frozen=True, slots=True)
class LinkFiles:
    """Files of the former corpus that are files of the new one, by path in the folder."""

    folder: Path
    former: Path
    digests: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Joined:
    """The digests of the files whose bytes were seen, by path in the folder; of the report, page
    and first byte of each section; the cost.
    """

    digests: dict[str, FileDigest] = field(default_factory=dict)
    places: tuple[tuple[str, int], ...] = ()
    times: StageTimes = field(default_factory=StageTimes)


Join = JoinLines | JoinExports | JoinReport | LinkFiles


def join(task: Join) -> Joined:
    """Put files of one kind together; those of the parts are deleted on the way.

    Raises DamagedError when a published file is not what its manifest says.
    """
    clock = StageClock()
    digests: dict[str, FileDigest] = {}
    places: tuple[tuple[str, int], ...] = ()
    match task:
        case JoinLines():
            with clock.stage("emit"):
                digests = _join_lines(task)
        case JoinExports():
            with clock.stage("exports"):
                target = task.folder / EXPORTS
                target.mkdir(exist_ok=True)
                made = join_fragments(task.formats, task.stretches, target, task.published)
                digests = {f"{EXPORTS}/{name}": digest for name, digest in made.items()}
        case JoinReport():
            with clock.stage("report"):
                report = assemble_report(task.folder, task.summary, _sections(task), task.settings)
                digests, places = report.pages, tuple(report.places)
        case LinkFiles():
            with clock.stage("emit"):
                digests = _link_files(task)
    return Joined(digests, places, clock.times())


def _join_lines(task: JoinLines) -> dict[str, FileDigest]:
    return {
        name: join_stretches(
            task.stretches.get(name, ()), task.folder / name, published=task.published
        )
        for name in LINE_FILES
        if name != QUARANTINE
    }


def _sections(task: JoinReport) -> Iterator[Rendered]:
    decoder = msgspec.msgpack.Decoder(ItemNote)
    for note, data in zip(task.notes, _read(task.markups, task.published), strict=True):
        yield Rendered(decoder.decode(note).outline, data.decode())


def _read(stretches: Sequence[Stretch], published: Mapping[Path, str]) -> Iterator[bytes]:
    """The bytes of stretches; one published page, and one file of a part, is held in memory."""
    page: tuple[Path, bytes] = (Path(), b"")
    part: tuple[Path, bytes] = (Path(), b"")
    for stretch in stretches:
        if stretch.path in published:
            if page[0] != stretch.path:
                page = (stretch.path, read_published(stretch.path, published[stretch.path]))
            held = page
        else:
            if part[0] != stretch.path:
                part = (stretch.path, stretch.path.read_bytes())
                stretch.path.unlink()
            held = part
        yield held[1][stretch.start : stretch.start + stretch.size]


def _link_files(task: LinkFiles) -> dict[str, FileDigest]:
    found = {}
    for name, digest in task.digests.items():
        source, target = task.former / name, task.folder / name
        size = len(read_published(source, digest))
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():  # a new document may have the same text
            try:
                os.link(source, target)
            except OSError:  # a file system without links
                shutil.copyfile(source, target)
        found[name] = FileDigest(None, digest, size)
    return found
