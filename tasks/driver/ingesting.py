"""Reading one document and taking it apart, whatever is in it."""

import traceback
from dataclasses import dataclass, replace

from models.records import Ingested, Quarantine, QuarantineReason
from tasks.driver.clock import StageClock
from tasks.driver.executors.stopping import interruption
from tasks.driver.settings import Settings
from tasks.ingest import Ledger, LedgerError, account, ingest
from tasks.read import InputUnit, read


@dataclass(frozen=True, slots=True)
class IngestRecord:
    """The stored result of ingest. Paths are left out: they are not part of what a document is."""

    ingested: Ingested
    ledger: Ledger
    length: int
    extracted: str | None = None

    @property
    def lasting(self) -> bool:
        """Whether it is all about what is in the document, and so holds for every run."""
        return self.ingested.quarantine is None or self.ingested.quarantine.sha256 is not None


def ingest_unit(
    unit: InputUnit, settings: Settings, clock: StageClock, warnings: list[str]
) -> IngestRecord:
    """Read one document and take it apart; never raises for what is in it.

    A document that zhen fails on is quarantined, its traceback goes to ``warnings``. A request to
    stop is passed on.
    """
    with clock.stage("read"):
        document = read(unit, settings.read)
    if isinstance(document, Quarantine):
        return IngestRecord(Ingested((), (), _placeless(document)), Ledger(), 0)
    with clock.stage("ingest"):
        try:
            ingested = ingest(document)
            ledger = account(document, ingested)
        except Exception as error:
            if (stop := interruption(error)) is not None:
                raise stop from None
            # One document that zhen fails on must not stop the rest, and must not be silent.
            warnings.append(f"{unit.path} could not be processed\n{traceback.format_exc()}")
            kind = "ledger" if isinstance(error, LedgerError) else type(error).__name__
            quarantine = Quarantine(
                unit.path,
                QuarantineReason.INTERNAL_ERROR,
                f"zhen failed on this document ({kind}: {error}); please report it",
                unit.record,
                None,
                # Without the digest when it is the machine that failed: the next run tries again.
                None if isinstance(error, OSError | MemoryError) else unit.sha256,
            )
            ingested = Ingested((), (), quarantine)
            ledger = account(document, ingested)
    articles = tuple(
        replace(article, source=replace(article.source, path="", record=None))
        for article in ingested.articles
    )
    quarantine_record = ingested.quarantine and _placeless(ingested.quarantine)
    return IngestRecord(
        Ingested(articles, ingested.removals, quarantine_record),
        ledger,
        len(document.text),
        document.text if document.extracted else None,
    )


def _placeless(quarantine: Quarantine) -> Quarantine:
    return replace(quarantine, source="", record=None)
