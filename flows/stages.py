"""One Prefect flow for each stage that a person would run alone: ingest, translate, align, export.

Each does what the command of the same name does, with the same plain functions underneath.
"""

from pathlib import Path
from typing import Any

from flows.prefect_home import prepare_prefect

prepare_prefect(quiet=False)

# Prefect reads its environment when it is imported, hence the order.
from prefect import flow  # noqa: E402

from flows.config import load_config  # noqa: E402
from models.records import Quarantine  # noqa: E402


def _settings(config: str | None, settings: list[str] | None) -> Any:
    return load_config(Path(config) if config else None, flags=settings or ()).settings


@flow(name="ingest", persist_result=False)
def ingest(
    inputs: list[str], out: str, config: str | None = None, settings: list[str] | None = None
) -> dict[str, int]:
    """Turn documents into a JSONL file of articles; how many there are, how many were refused."""
    from tasks.driver.files import write_whole
    from tasks.driver.single import ingest_files

    lines: list[bytes] = []
    refused = 0
    for found in ingest_files([Path(path) for path in inputs], _settings(config, settings)):
        if isinstance(found, Quarantine):
            refused += 1
        else:
            lines.append(found)
    write_whole(Path(out), b"".join(lines))
    return {"articles": len(lines), "refused": refused}
