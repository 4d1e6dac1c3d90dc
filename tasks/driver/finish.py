"""What is made from the line files of a folder: exports, report, dataset card, manifest."""

from dataclasses import dataclass
from pathlib import Path

from models.manifest import Summary
from tasks.driver.clock import StageClock, StageTimes
from tasks.driver.executors import Executor
from tasks.driver.plan import Plan
from tasks.driver.revisions import engine_spec, model_revisions
from tasks.driver.settings import Settings, output_config
from tasks.driver.versions import all_versions
from tasks.emit.card import write_card
from tasks.emit.corpus import Corpus
from tasks.emit.exports import Format, export_bitext
from tasks.emit.manifest import make_manifest, write_manifest
from tasks.emit.report import write_report
from tasks.emit.settings import EmitSettings
from tasks.emit.summary import summarise


@dataclass(frozen=True, slots=True)
class EmitTask:
    """One thing to make from the line files of ``folder``: ``exports`` or ``report``."""

    what: str
    folder: str
    summary: Summary
    settings: EmitSettings


def finish_folder(
    folder: Path, plan: Plan, duplicates: int, executor: Executor, clock: StageClock
) -> tuple[Summary, StageTimes]:
    """Make everything besides the line files; the counts of the corpus, and what it cost."""
    spec = engine_spec(plan.settings.translate)
    with clock.stage("emit"):
        summary = summarise(
            Corpus(folder),
            files=len({unit.file for unit in plan.units})
            + sum(refused.record is None for refused in plan.refused),
            documents=len(plan.units),
            duplicates=duplicates,
            engine=spec.name if spec else None,
        )
        write_card(folder, summary, exports=plan.settings.emit.exports)
    tasks = [
        EmitTask(what, str(folder), summary, plan.settings.emit) for what in ("exports", "report")
    ]
    times = StageTimes()
    for spent in executor.map(make_part, tasks, "emit"):
        times += spent
    with clock.stage("emit"):
        write_manifest(
            folder,
            make_manifest(
                folder,
                counts=summary,
                config=output_config(plan.settings),
                defaults=output_config(Settings()),
                versions=all_versions(),
                models=model_revisions(plan.settings),
            ),
        )
    return summary, times


def make_part(task: EmitTask) -> StageTimes:
    """Make one part of a corpus folder; what it cost."""
    clock = StageClock()
    folder = Path(task.folder)
    with clock.stage(task.what):
        if task.what == "exports":
            target = folder / "exports"
            target.mkdir(exist_ok=True)
            formats = [Format(name) for name in task.settings.exports]
            export_bitext(Corpus(folder), formats, target)
        else:
            write_report(folder, task.summary, task.settings)
    return clock.times()
