"""What a run would do, found out without doing or writing anything."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tasks.driver.catalogue import CataloguedUnit, catalogue, mark_copies
from tasks.driver.changes import Changes, changes_of
from tasks.driver.documents import UnitKeys, decode_entry, unit_keys
from tasks.driver.machine import machine_tasks, with_machine_sides
from tasks.driver.pairs import pair_keys
from tasks.driver.plan import Plan, is_published
from tasks.driver.revisions import model_revisions
from tasks.driver.settings import output_config
from tasks.driver.store import WorkStore
from tasks.driver.versions import all_versions
from tasks.pair import KnownPairs, read_pairs_file
from tasks.read import InputUnit


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a run would find and do.

    ``work`` counts the results that it would make, by stage, as :class:`tasks.driver.Outcome` does
    in ``done``. Which articles are paired shows only when all documents are read; until then
    ``complete`` is false and the stages after pairing are not in ``work``. ``reasons`` names what
    else than the inputs differs from the published corpus: settings, models, code by stage.
    """

    up_to_date: bool
    documents: int
    refused: int
    changes: Changes
    work: dict[str, int]
    complete: bool
    reasons: tuple[str, ...]


def look_ahead(plan: Plan) -> Outlook:
    """What a run of ``plan`` would do now. Nothing is written.

    Raises what the run itself would raise for a pairs file or a model that cannot be used.
    """
    up_to_date = is_published(plan)
    work, complete = ({}, True) if up_to_date else _work(plan)
    return Outlook(
        up_to_date,
        len(plan.units),
        len(plan.refused),
        changes_of(plan),
        work,
        complete,
        () if up_to_date else _reasons(plan),
    )


def _work(plan: Plan) -> tuple[dict[str, int], bool]:
    store = WorkStore(plan.store)
    keyed = list(zip(plan.units, unit_keys(plan.units, plan.settings), strict=True))
    missing = {
        "ingest": {keys.ingest for _, keys in keyed if keys.ingest not in store},
        "words": {keys.lines for _, keys in keyed if keys.lines not in store},
        "sign": {keys.entry for _, keys in keyed if keys.entry not in store},
    }
    work = {stage: len(keys) for stage, keys in missing.items()}
    complete = not missing["ingest"] and not missing["sign"]
    if complete and not missing["words"]:
        work |= _later_work(plan, keyed, store)
    else:
        complete = False
    return {stage: count for stage, count in work.items() if count}, complete


def _later_work(
    plan: Plan, keyed: list[tuple[InputUnit, UnitKeys]], store: WorkStore
) -> dict[str, int]:
    """Work after pairing, when every document has been read."""
    units = [
        CataloguedUnit(unit, keys, decode_entry(store.get(keys.entry))) for unit, keys in keyed
    ]
    known = read_pairs_file(plan.pairs_file) if plan.pairs_file else KnownPairs()
    found = catalogue(mark_copies(units), known, plan.settings.pair, store)
    tasks = machine_tasks(found, plan.settings)
    made = [task for task in tasks if task.key in store and task.lines_key in store]
    pairs = with_machine_sides(found, made, store).pairs
    to_translate = len(tasks) - len(made)
    to_align = sum(key not in store for key in pair_keys(pairs, plan.settings))
    # What is translated anew is aligned anew.
    return {"translate": to_translate, "align": to_align + to_translate}


def _reasons(plan: Plan) -> tuple[str, ...]:
    try:
        old = json.loads((plan.out / "manifest.json").read_bytes())
    except (OSError, ValueError):
        return ("nothing is published yet",)
    config = output_config(plan.settings)
    found = [
        f"setting {section}.{name}"
        for section in config
        for name in _differing(old.get("config", {}).get(section, {}), config[section])
    ]
    models = model_revisions(plan.settings)
    found += [f"model {name}" for name in _differing(old.get("models", {}), models)]
    versions = _differing(old.get("versions", {}), all_versions())
    found += [f"code of stage {name}" for name in versions]
    return tuple(found)


def _differing(old: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    # As JSON, since a manifest knows lists where the settings have tuples.
    return [
        name
        for name in sorted({*old, *now})
        if json.dumps(old.get(name), sort_keys=True) != json.dumps(now.get(name), sort_keys=True)
    ]
