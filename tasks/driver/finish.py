"""A corpus folder from its parts: files joined, report, dataset card, manifest."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from models.manifest import FileDigest, Summary
from tasks.driver.clock import StageClock, StageTimes
from tasks.driver.emission import PARTS
from tasks.driver.executors import Executor
from tasks.driver.parts import EXPORTS, SECTIONS, ArticlePart, DocumentPart, make_part
from tasks.driver.plan import Plan
from tasks.driver.revisions import engine_spec, model_revisions
from tasks.driver.settings import Settings, output_config
from tasks.driver.versions import all_versions
from tasks.emit.card import write_card
from tasks.emit.corpus import LINE_FILES, QUARANTINE
from tasks.emit.exports import Format, join_fragments
from tasks.emit.jsonl import join_files
from tasks.emit.manifest import make_manifest, write_manifest
from tasks.emit.report import assemble_report, read_sections
from tasks.emit.settings import EmitSettings
from tasks.emit.summary import add_up

_LINES, _EXPORTS, _REPORT = "lines", "exports", "report"


@dataclass(frozen=True, slots=True)
class JoinTask:
    """One kind of file to put together from parts: ``lines``, ``exports`` or ``report``."""

    what: str
    folder: str
    parts: tuple[str, ...]  # their folders, in order
    summary: Summary
    settings: EmitSettings


@dataclass(frozen=True, slots=True)
class Joined:
    """The digests of the files whose bytes were seen, by path in the folder, and the cost."""

    digests: dict[str, FileDigest] = field(default_factory=dict)
    times: StageTimes = field(default_factory=StageTimes)


def finish_folder(
    folder: Path,
    plan: Plan,
    counts: Summary,
    parts: Sequence[ArticlePart | DocumentPart],
    executor: Executor,
    clock: StageClock,
) -> tuple[Summary, StageTimes]:
    """Make everything of a folder that has its quarantine; the counts of the corpus, and the cost.

    ``counts`` are those that do not show in the articles.
    """
    times = StageTimes()
    found = [counts]
    for made in executor.map(make_part, parts, "emit"):
        found.append(made.counts)
        times += made.times
    spec = engine_spec(plan.settings.translate)
    summary = replace(
        add_up(found),
        files=len({unit.file for unit in plan.units})
        + sum(refused.record is None for refused in plan.refused),
        documents=len(plan.units),
        engine=spec.name if spec else None,
    )
    folders = tuple(part.folder for part in parts)
    tasks = [
        JoinTask(what, str(folder), folders, summary, plan.settings.emit)
        for what in (_REPORT, _LINES, _EXPORTS)
    ]
    known: dict[str, FileDigest] = {}
    for joined in executor.map(join, tasks, "emit"):
        known |= joined.digests
        times += joined.times
    with clock.stage("emit"):
        if parts:  # a folder that cannot be used has none
            shutil.rmtree(folder / PARTS)  # what cannot be deleted must not be published
        write_card(folder, summary, exports=plan.settings.emit.exports)
        write_manifest(
            folder,
            make_manifest(
                folder,
                counts=summary,
                config=output_config(plan.settings),
                defaults=output_config(Settings()),
                versions=all_versions(),
                models=model_revisions(plan.settings),
                known=known,
            ),
        )
    return summary, times


def join(task: JoinTask) -> Joined:
    """Put the files of one kind together; those of the parts are deleted on the way."""
    clock = StageClock()
    folder = Path(task.folder)
    parts = [Path(part) for part in task.parts]
    digests: dict[str, FileDigest] = {}
    with clock.stage("emit" if task.what == _LINES else task.what):
        if task.what == _LINES:
            for name in LINE_FILES:
                if name != QUARANTINE:
                    digests[name] = join_files([part / name for part in parts], folder / name)
        elif task.what == _EXPORTS:
            target = folder / EXPORTS
            target.mkdir(exist_ok=True)
            fragments = [part / EXPORTS for part in parts if (part / EXPORTS).is_dir()]
            formats = [Format(name) for name in task.settings.exports]
            made = join_fragments(formats, fragments, target)
            digests = {f"{EXPORTS}/{name}": digest for name, digest in made.items()}
        else:
            files = [part / SECTIONS for part in parts if (part / SECTIONS).exists()]
            assemble_report(folder, task.summary, read_sections(files), task.settings)
    return Joined(digests, clock.times())
