"""The sample articles, cleaned."""

from pathlib import Path

from models.records import Draft, RemovalReason
from tests.tasks.clean.ledger import assert_accounted, cleaned, texts


def seed(seeds: Path, number: str) -> Draft:
    (path,) = seeds.glob(f"{number}_*.txt")
    text = path.read_bytes().decode("utf-8")
    draft = cleaned(text)
    assert_accounted(draft, text)
    return draft


def removed(draft: Draft, reason: RemovalReason) -> list[str]:
    return [removal.text for removal in draft.removals if removal.reason is reason]


def test_glued_spam_is_cut_and_the_sentences_stay(seeds: Path) -> None:
    draft = seed(seeds, "000")
    (token,) = set(removed(draft, RemovalReason.SPAM))
    assert len(removed(draft, RemovalReason.SPAM)) == 2
    found = texts(draft)
    assert not any(token in text for text in found)
    assert any("would be halved directly. The monthly subscription fee" in text for text in found)
    assert any(
        "HW3 When can 3D modeling images be used in the .0 system?" in text for text in found
    )


def test_the_doubled_lead_stands_once(seeds: Path) -> None:
    draft = seed(seeds, "000")
    assert len(removed(draft, RemovalReason.DUPLICATE)) == 1
    assert sum("FSD entry into China is approaching" in text for text in texts(draft)) == 1


def test_widget_and_disclaimer_go(seeds: Path) -> None:
    draft = seed(seeds, "001")
    assert len(removed(draft, RemovalReason.BOILERPLATE)) == 2
    assert len(removed(draft, RemovalReason.DISCLAIMER)) == 2
    assert texts(draft)[-1].endswith("space in the Chinese truck market.") is False
    assert "technical indicator." in texts(draft)[-1]


def test_rights_line_and_lead_label_go(seeds: Path) -> None:
    draft = seed(seeds, "002")
    assert removed(draft, RemovalReason.BOILERPLATE) == ["Lead"]
    assert len(removed(draft, RemovalReason.DISCLAIMER)) == 1
    assert any(text.startswith("Xiaomi is staging") for text in texts(draft))


def test_a_title_repeated_in_a_paragraph_is_no_copy(seeds: Path) -> None:
    draft = seed(seeds, "004")
    assert removed(draft, RemovalReason.DUPLICATE) == []
    title = (
        "What can new forces in car manufacturing do in the second half to find differentiation?"
    )
    assert sum(text.startswith(title) for text in texts(draft)) == 2
