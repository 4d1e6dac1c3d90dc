"""A term that both sides write the same way is not missing."""

from models.glossary.glossary import Glossary, Term
from tasks.check import check


def test_an_abbreviation_that_stands_on_both_sides_is_no_missing_term() -> None:
    # Chinese news writes AI and FSD in Latin letters beside their Chinese names.
    glossary = Glossary([Term(("全自动驾驶", "FSD"), ("Full Self-Driving",))])
    assert (
        check("特斯拉的FSD很安全。", "Tesla's FSD is safe.", glossary=glossary).terms_missing == ()
    )
    missing = check("特斯拉的FSD很安全。", "Tesla's car is safe.", glossary=glossary).terms_missing
    assert missing == ("全自动驾驶 = Full Self-Driving",)
