"""Metrics of the last run in Prometheus' text format, for node_exporter's textfile collector.

https://github.com/prometheus/node_exporter#textfile-collector. The names are listed in
``docs/operations.md``; they are part of what zhen promises.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from flows.runs.record import RunRecord, RunState, read_records

_GOOD = (RunState.PUBLISHED, RunState.UNCHANGED)


def write_metrics(path: Path, work: Path, record: RunRecord) -> None:
    """Write the metrics of a run that has ended; ``work`` has the records of earlier runs.

    The file is replaced as a whole. After a failed run the counts of the corpus are those of the
    last good run, as the corpus is. Raises OSError.
    """
    from prometheus_client import CollectorRegistry, Gauge, write_to_textfile

    good = record if record.state in _GOOD else _last_good(work)
    registry = CollectorRegistry()
    corpus = record.asked.out

    def gauge(
        name: str, help: str, value: float | Mapping[str, float] | None, *labels: str
    ) -> None:
        if value is None:
            return
        family = Gauge(f"zhen_{name}", help, ("corpus", *labels), registry=registry)
        if isinstance(value, Mapping):
            for key, number in value.items():
                family.labels(corpus, key).set(number)
        else:
            family.labels(corpus).set(value)

    gauge("run_success", "1 if the last run published or had nothing to do", good is record)
    gauge("run_end_timestamp_seconds", "When the last run ended", _seconds(record))
    gauge("run_success_timestamp_seconds", "When the last good run ended", _seconds(good))
    gauge("run_duration_seconds", "Wall-clock time of the last run", record.seconds)
    gauge("run_peak_memory_bytes", "Highest memory of one process", record.peak_memory_bytes)
    gauge("stage_seconds", "Time spent by stage, all workers", record.seconds_by_stage, "stage")
    gauge("stage_done", "Results that the run made", record.done, "stage")
    gauge("stage_reused", "Results that were there already", record.reused, "stage")
    if good is not None and good.counts is not None:
        counts = good.counts
        gauge("documents", "Documents in the corpus", counts.documents)
        gauge("articles", "Articles by language", counts.articles, "lang")
        gauge("pairs", "Article pairs by how they were found", counts.pairs, "how")
        gauge("beads", "Aligned beads by type", counts.beads, "type")
        gauge("quarantined", "Inputs that could not be used", counts.quarantined, "reason")
    write_to_textfile(str(path), registry)


def _last_good(work: Path) -> RunRecord | None:
    return next((found for found in read_records(work) if found.state in _GOOD), None)


def _seconds(record: RunRecord | None) -> float | None:
    if record is None or record.ended is None:
        return None
    return datetime.fromisoformat(record.ended).timestamp()
