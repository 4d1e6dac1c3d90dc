import sys

import pytest
from lxml import html

from tasks.read.html import vote


def test_an_installation_without_trafilatura_is_a_fault_and_no_opinion(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # It was taken for a page that trafilatura cannot read, and nobody was told.
    vote._trafilatura.cache_clear()
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(ImportError, match="trafilatura"):
        vote.voted_blocks(html.fromstring("<html><body><p>A page.</p></body></html>"), [])
