"""A corpus folder from its items: its files joined, report, dataset card, manifest."""

import shutil
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from models.manifest import FileDigest, Summary
from tasks.driver.clock import StageClock, StageTimes
from tasks.driver.emission import PARTS, Item
from tasks.driver.executors import Executor
from tasks.driver.former import Contents, Former, remember_contents
from tasks.driver.joins import Join, JoinExports, JoinLines, JoinReport, LinkFiles, join
from tasks.driver.material import Material, gather
from tasks.driver.parts import EXPORTS, PlacedDocument
from tasks.driver.plan import Plan
from tasks.driver.revisions import engine_spec, model_revisions
from tasks.driver.settings import Settings, output_config, settings_text
from tasks.driver.store import Key, stage_key
from tasks.driver.versions import EMIT, all_versions, stage_version
from tasks.emit.card import write_card
from tasks.emit.corpus import LINE_FILES, QUARANTINE
from tasks.emit.exports import FILES, Format
from tasks.emit.jsonl import digest_file
from tasks.emit.manifest import make_manifest, write_manifest
from tasks.emit.summary import with_counts
from tasks.emit.tally import Count, FreeKey
from tasks.emit.version import tool_version


def emission_basis(plan: Plan) -> Key:
    """What the bytes of every item and document depend on besides itself."""
    settings = settings_text(plan.settings, "emit")
    return stage_key("emission", stage_version(EMIT), settings, tool_version())


def finish_folder(
    folder: Path,
    plan: Plan,
    counts: Counter[Count],
    items: Sequence[Item],
    documents: Sequence[PlacedDocument],
    former: Former | None,
    executor: Executor,
    clock: StageClock,
) -> tuple[Summary, StageTimes]:
    """Make everything of a folder that has its quarantine, and note what it was put together from;
    the counts of the corpus, and the cost.

    What ``former``, the corpus that is published, has already is taken from there. ``counts`` are
    those that do not show in the items. Raises DamagedError when a file of the former corpus is
    not what its manifest says.
    """
    material, times = gather(folder, plan, items, documents, former, executor)
    with clock.stage("emit"):
        found, free_keys = material.counted()
        summary = _summary(plan, counts + found)
        known = {QUARANTINE: digest_file(folder / QUARANTINE)}
    places: list[tuple[str, int]] = []
    for joined in executor.map(join, list(_joins(folder, plan, material, summary)), "emit"):
        known |= joined.digests
        places += joined.places
        times += joined.times
    with clock.stage("emit"):
        if (folder / PARTS).exists():
            shutil.rmtree(folder / PARTS)  # what cannot be deleted must not be published
        _complete(folder, plan, summary, known, free_keys)
        contents = Contents(
            emission_basis(plan),
            [item.key for item in items],
            material.notes,
            places,
            [document.key for document in documents],
            material.removed,
        )
        remember_contents(plan.work, folder, contents)
    return summary, times


def _joins(folder: Path, plan: Plan, material: Material, summary: Summary) -> Iterator[Join]:
    """What is to be put together, what takes longest first."""
    found, published = material.stretches, material.published
    yield JoinReport(
        folder, material.notes, material.markups, published, summary, plan.settings.emit
    )
    yield JoinLines(folder, found, published)
    formats = tuple(Format(name) for name in plan.settings.emit.exports)
    exports = {name: found[f"{EXPORTS}/{name}"] for form in formats for name in FILES[form]}
    yield JoinExports(folder, exports, published, formats)
    if material.links:
        yield LinkFiles(folder, plan.out, material.links)


def _summary(plan: Plan, counts: Mapping[Count, int]) -> Summary:
    spec = engine_spec(plan.settings.translate)
    files = len({unit.file for unit in plan.units})
    return replace(
        with_counts(Summary(), counts),
        files=files + sum(refused.record is None for refused in plan.refused),
        documents=len(plan.units),
        engine=spec.name if spec else None,
    )


def _complete(
    folder: Path,
    plan: Plan,
    summary: Summary,
    known: Mapping[str, FileDigest],
    free_keys: Collection[FreeKey],
) -> None:
    """Add what tells of all the rest: the dataset card and the manifest."""
    write_card(
        folder,
        summary,
        exports=plan.settings.emit.exports,
        counts={name: known[name].count or 0 for name in LINE_FILES},
        free_keys=free_keys,
    )
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
