"""What a run shows on the terminal: progress on standard error, the summary on standard output."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from flows.request import Finished
from tasks.driver import Progress as Report
from tasks.emit.summary import engine_line, plain_sentences, tables

#: What the stages of the driver are called on the terminal.
_STAGES = {
    "documents": "reading, cleaning, segmenting",
    "pair": "pairing articles",
    "translate": "translating",
    "align": "aligning sentences",
    "emit": "writing the corpus",
}


class _RateColumn(ProgressColumn):
    """How many documents, articles or pairs a second."""

    def render(self, task: Task) -> Text:
        """The rate of one stage; nothing before its first result."""
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.1f}/s" if speed else "")


@contextmanager
def shown_progress(log_format: str = "") -> Iterator[Report]:
    """A progress bar a stage, with its rate and the time that is left.

    Nothing at all when standard error is no terminal, or shows events in a ``log_format``.
    """
    if log_format or not sys.stderr.isatty():
        yield lambda *_: None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _RateColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        shown = {stage: bar.add_task(name, total=None) for stage, name in _STAGES.items()}
        yield lambda stage, done, total: bar.update(shown[stage], completed=done, total=total)


def show_finished(finished: Finished) -> None:
    """Print what the run made, where it is, and what it cost."""
    console = Console(highlight=False, soft_wrap=True)
    summary = finished.summary
    if finished.outcome is None:
        console.print("Nothing has changed: the corpus is up to date.")
    for line in plain_sentences(summary):
        console.print(line, markup=False)
    if hint := engine_line(summary):
        console.print(hint, markup=False)
    if finished.outcome is not None:
        grid = Table(box=None, pad_edge=False, show_header=False)
        grid.add_column(style="bold")
        grid.add_column()
        for table in tables(summary):
            counts = ", ".join(f"{name} {count:,}" for name, count in table.rows)
            grid.add_row(table.title, counts)
        seconds = finished.outcome.times.seconds
        grid.add_row(
            "Time by stage", ", ".join(f"{name} {seconds[name]:.1f} s" for name in sorted(seconds))
        )
        console.print()
        console.print(grid)
        console.print()
        for note in finished.outcome.notes:
            console.print(f"Note: {note}", markup=False)
        console.print(
            f"Done in {finished.outcome.seconds:.1f} s, "
            f"{finished.outcome.times.peak_bytes / 1e6:,.0f} MB at the most in one process."
        )
    console.print(f"Corpus: {finished.plan.out}", markup=False)
    console.print(f"Open first: {finished.plan.out / 'report.html'}", markup=False)
