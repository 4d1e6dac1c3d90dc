"""The file of metrics, read with Prometheus' own parser."""

import os
import re
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tasks.driver import NothingToPublishError
from tests.flows.runs.helpers import carry_out, request
from tests.pages import inbox

ROOT = Path(__file__).parents[3]


def read(path: Path) -> dict[tuple[str, ...], float]:
    """Values by name and labels, the corpus left out."""
    return {
        (sample.name, *(v for k, v in sample.labels.items() if k != "corpus")): sample.value
        for family in text_string_to_metric_families(path.read_text("utf-8"))
        for sample in family.samples
    }


def test_good_and_failed_runs(tmp_path: Path) -> None:
    folder, out, file = inbox(tmp_path / "in"), tmp_path / "out", tmp_path / "zhen.prom"
    (folder / "empty.txt").write_bytes(b"")
    asked = request(folder, out, f"run.metrics={file}")
    carry_out(asked)
    first = read(file)
    assert first["zhen_run_success",] == 1
    assert first["zhen_run_end_timestamp_seconds",] == first["zhen_run_success_timestamp_seconds",]
    assert first["zhen_stage_done", "ingest"] == 6
    assert first["zhen_stage_seconds", "align"] > 0
    assert first["zhen_run_peak_memory_bytes",] > 1e6
    assert first["zhen_articles", "zh"] == 3
    assert first["zhen_pairs", "file_name"] == 1
    assert first["zhen_quarantined", "empty"] == 1
    carry_out(asked)
    assert read(file)["zhen_run_success",] == 1
    (tmp_path / "none").mkdir()
    with pytest.raises(NothingToPublishError):
        carry_out(request(tmp_path / "none", out, f"run.metrics={file}"))
    failed = read(file)
    assert failed["zhen_run_success",] == 0
    # The corpus is still that of the last good run, and so are its figures.
    assert failed["zhen_articles", "zh"] == 3
    assert ("zhen_run_success_timestamp_seconds",) in failed
    assert list(tmp_path.glob("zhen.prom*")) == [file]  # no half-written files


def test_the_documentation_has_every_metric_and_no_other(tmp_path: Path) -> None:
    folder, file = inbox(tmp_path / "in"), tmp_path / "zhen.prom"
    carry_out(request(folder, tmp_path / "out"))
    (folder / "empty.txt").write_bytes(b"")
    carry_out(request(folder, tmp_path / "out", f"run.metrics={file}"))
    page = (ROOT / "docs" / "operations.md").read_text("utf-8")
    assert {name for name, *_ in read(file)} == set(re.findall(r"`(zhen_\w+)`", page))


def test_a_first_run_that_fails_has_no_corpus_to_count(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    file = tmp_path / "zhen.prom"
    with pytest.raises(NothingToPublishError):
        carry_out(request(tmp_path / "none", tmp_path / "out", f"run.metrics={file}"))
    assert read(file)["zhen_run_success",] == 0
    assert not any(
        name.startswith(("zhen_articles", "zhen_run_success_")) for name, *_ in read(file)
    )


def test_a_name_with_quotes_and_line_ends_is_a_label(tmp_path: Path) -> None:
    out, file = tmp_path / 'a "b"\\n\nc', tmp_path / "zhen.prom"
    carry_out(request(inbox(tmp_path / "in"), out, f"run.metrics={file}"))
    families = text_string_to_metric_families(file.read_text("utf-8"))
    assert {s.labels["corpus"] for f in families for s in f.samples} == {str(out)}


def test_a_place_that_cannot_be_written_is_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "nowhere" / "zhen.prom"
    carry_out(request(inbox(tmp_path / "in"), tmp_path / "out", f"run.metrics={missing}"))
    assert (tmp_path / "out" / "manifest.json").exists()
    assert "warning" in capsys.readouterr().err


def test_others_can_read_it(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        file = tmp_path / "zhen.prom"
        carry_out(request(inbox(tmp_path / "in"), tmp_path / "out", f"run.metrics={file}"))
    finally:
        os.umask(before)
    assert file.stat().st_mode & 0o777 == 0o644
