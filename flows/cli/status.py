"""``zhen status`` and ``zhen run --dry-run``: what has happened, and what would."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.runs.record import RunRecord
    from flows.runs.status import Status
    from tasks.driver.changes import Changes
    from tasks.driver.outlook import Outlook


def status(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", help="A corpus folder.")],
    runs: Annotated[int, typer.Option(min=0, help="How many runs to show.")] = 5,
    quarantined: Annotated[
        int, typer.Option(min=0, help="How many quarantined inputs to show.")
    ] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Say how a corpus stands: last runs, what is quarantined and why, what a run would do now."""
    from flows.runs.status import status_of

    found = status_of(corpus, runs=runs, examples=quarantined)
    if as_json:
        import msgspec

        typer.echo(msgspec.json.encode(found).decode())
        return
    for line in _lines(found):
        typer.echo(line)


def outlook_lines(outlook: "Outlook") -> "Iterator[str]":
    """What a run would do, in words."""
    changes = _changes(outlook.changes)
    yield (
        f"{outlook.documents:,} documents and {outlook.refused:,} files that cannot be one; "
        f"since the published run: {changes}."
    )
    if outlook.up_to_date:
        yield "The corpus is up to date: there is nothing to do."
        return
    if outlook.reasons:
        yield f"Other causes: {', '.join(outlook.reasons)}."
    work = ", ".join(f"{stage} {count:,}" for stage, count in outlook.work.items())
    rest = "" if outlook.complete else "; then what pairing finds to translate and align"
    yield f"Stage work to do: {work or 'none'}{rest}; then the folder is written anew."


def _lines(found: "Status") -> "Iterator[str]":
    from tasks.emit.summary import plain_sentences

    if found.at_work is not None:
        yield f"A run is at work: {found.at_work}{_progress(found.progress)}."
    if found.counts is None:
        yield "Nothing is published yet."
    else:
        yield from plain_sentences(found.counts)
    if found.runs:
        yield ""
        yield "Last runs:"
        for record in found.runs:
            yield f"  {_run(record, at_work=found.at_work is not None)}"
    if found.quarantined:
        yield ""
        reasons = ", ".join(f"{reason} {n:,}" for reason, n in found.quarantined.items())
        yield f"Quarantined: {reasons}"
        for one in found.examples:
            place = one.source if one.record is None else f"{one.source}:{one.record}"
            yield f"  {place}: {one.reason}: {one.detail}"
        more = sum(found.quarantined.values()) - len(found.examples)
        if more and found.examples:
            yield f"  and {more:,} more in quarantine.jsonl"
    yield ""
    yield "If it was run again now:"
    if found.outlook is None:
        yield f"  cannot be told: {found.obstacle}"
    else:
        for line in outlook_lines(found.outlook):
            yield f"  {line}"


def _progress(event: dict[str, Any] | None) -> str:
    """The last event of a stage in words."""
    if event is None:
        return ""
    if event["event"] == "stage_finished":
        return f"; {event['stage']} done"
    told = f"; {event['stage']} {event.get('done', 0):,} of {event['total']:,}"
    left = event.get("remaining_seconds")
    return told if left is None else f"{told}, about {left:,} s of this stage left"


def _run(record: "RunRecord", *, at_work: bool) -> str:
    state: str = record.state
    if state == "running" and not at_work:
        state = "cut off"
    parts = [f"{record.started}  {state}"]
    if record.ended:
        parts.append(f"{record.seconds:,.1f} s")
    if record.changes is not None:
        parts.append(_changes(record.changes))
    if record.done:
        parts.append(", ".join(f"{stage} {n:,}" for stage, n in record.done.items()))
    if record.error is not None:
        parts.append(record.error.message)
    return "; ".join(parts)


def _changes(changes: "Changes") -> str:
    counts = {
        "new": changes.new,
        "changed": changes.changed,
        "removed": changes.removed,
        "moved": changes.moved,
    }
    told = [f"{count:,} {what}" for what, count in counts.items() if count]
    return ", ".join(told) or "no changes"
