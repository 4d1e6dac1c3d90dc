"""The flows of single stages, as plain functions: what Prefect adds is not looked at here."""

from pathlib import Path

import pytest

from tests.flows.runs.helpers import carry_out, request
from tests.pages import inbox


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "prefect"))


def test_export_takes_the_options_of_the_command(tmp_path: Path) -> None:
    from flows.stages import export

    carry_out(request(inbox(tmp_path / "in"), tmp_path / "corpus"))
    made = export.fn(
        str(tmp_path / "corpus"), "articles", str(tmp_path / "x"), lang="zh", script="hant"
    )
    assert made == {"written": 3}
    text = "".join(path.read_text("utf-8") for path in (tmp_path / "x" / "articles").glob("*.txt"))
    assert "跨江大橋" in text
    made = export.fn(
        str(tmp_path / "corpus"), "tsv", str(tmp_path / "y"), paired_only=True, max_length=20
    )
    assert made["written"] < 8
