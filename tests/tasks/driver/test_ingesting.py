"""One document read and taken apart: errors stay with the document, a request to stop does not."""

from pathlib import Path

import pytest
from langdetect import DetectorFactory

from models.records import QuarantineReason
from tasks.driver import ingesting
from tasks.driver.clock import StageClock
from tasks.driver.plan import make_plan
from tasks.driver.settings import Settings


def ingested(tmp_path: Path, warnings: list[str]) -> ingesting.IngestRecord:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("The bridge opened on Monday.\n", encoding="utf-8")
    (unit,) = make_plan([tmp_path / "in"], tmp_path / "out", Settings()).units
    return ingesting.ingest_unit(unit, Settings(), StageClock(), warnings)


def test_a_document_that_fails_is_quarantined_with_its_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_document: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(ingesting, "ingest", fail)
    warnings: list[str] = []
    quarantine = ingested(tmp_path, warnings).ingested.quarantine
    assert quarantine is not None
    assert quarantine.reason is QuarantineReason.INTERNAL_ERROR
    assert "ZeroDivisionError: oh" in warnings[0]


def test_a_signal_that_langdetect_swallows_still_stops_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Its loader has a bare "except:". A run that was told to stop there went on to the end and
    # published without the document.
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(DetectorFactory, "add_profile", interrupted)

    def load(_document: object) -> None:
        DetectorFactory().load_json_profile(["{}", "{}"])

    monkeypatch.setattr(ingesting, "ingest", load)
    warnings: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        ingested(tmp_path, warnings)
    assert not warnings
