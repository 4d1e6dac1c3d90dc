"""What the main job must make of the five sample articles, by general rules."""

from functools import cache
from pathlib import Path

from models.records import Article, BlockKind, Document, Ingested, Lang, SourceFile
from tasks.ingest import ingest

SEEDS = Path(__file__).parents[3] / "seeds"


@cache
def ingested(number: str) -> Ingested:
    (path,) = SEEDS.glob(f"{number}_*")
    text = path.read_bytes().decode("utf-8")
    return ingest(Document(SourceFile(path.name, "", len(text), "txt"), text))


def article(number: str) -> Article:
    (only,) = ingested(number).articles
    return only


def removed(number: str, reason: str) -> list[str]:
    return [r.text.strip() for r in ingested(number).removals if r.reason == reason]


def texts(a: Article) -> list[str]:
    return [block.text for block in a.blocks]


def authors(a: Article) -> list[tuple[str, str]]:
    return [(fact.value.name, fact.value.role) for fact in a.metadata.authors]


def test_000_spam_cut_out_of_sentences_and_the_sentences_kept() -> None:
    a = article("000")
    text = "\n".join(texts(a))
    assert "halved directly. The monthly subscription fee was reduced from $199 to $99." in text
    assert len(removed("000", "spam")) == 2
    assert "poker" not in text.lower()


def test_000_doubled_lead_once_and_marks_dropped() -> None:
    a = article("000")
    assert len([t for t in texts(a) if t.startswith("Science and Technology Innovation")]) == 1
    assert len(removed("000", "duplicate")) == 1
    headings = [b.text for b in a.blocks if b.kind is BlockKind.HEADING]
    assert "What is the current level of FSD?" in headings
    assert "▌" not in "".join(texts(a))


def test_000_partial_date_never_completed() -> None:
    a = article("000")
    published = a.metadata.published
    assert published is not None
    assert (published.value, published.precision) == ("--04-20", "month_day")
    assert a.metadata.outlet is not None
    assert a.metadata.outlet.value == "Science and Technology Innovation Board Daily"
    assert a.title_derived or a.title is None
    assert not a.metadata.authors


def test_000_no_sentence_is_a_quote_mark() -> None:
    for sentence in article("000").sentences:
        assert any(ch.isalnum() for ch in sentence.text), sentence


def test_001_front_matter_and_tail() -> None:
    a = article("001")
    assert a.title is not None
    assert a.title.startswith("Tesla communication meeting, Tao Lin revealed")
    assert not a.title_derived
    assert a.metadata.published is not None
    assert a.metadata.published.value == "2026-02-06T14:54"  # no zone is given, none is made up
    assert a.metadata.outlet is not None
    assert a.metadata.outlet.value == "Wallstreetcn"
    assert not a.metadata.authors
    text = "\n".join(texts(a))
    assert "I can summarize" not in text
    assert "does not constitute personal investment advice" not in text
    assert any("does not constitute" in t for t in removed("001", "disclaimer"))


def test_001_questions_and_answers_are_apart() -> None:
    a = article("001")
    for block in a.blocks:
        assert "Question:" not in block.text, block.text
        assert "Tao Lin:" not in block.text, block.text
    labels = [block.label for block in a.blocks if block.label]
    assert labels.count("Question") >= 25
    assert labels.count("Tao Lin") >= 25


def test_001_numbered_list_without_its_numbers() -> None:
    items = [b.text for b in article("001").blocks if b.kind is BlockKind.LIST_ITEM]
    assert len(items) >= 6
    assert items[0].startswith("Tesla's FSD does not have a clear rollout")


def test_002_front_matter_around_the_lead() -> None:
    a = article("002")
    assert a.metadata.published is not None
    assert a.metadata.published.value == "2024-11-11"
    assert {(f.value.name, f.value.count) for f in a.metadata.counters} >= {("views", 470)}
    assert authors(a) == [
        ("Heyan Yueche Studio", "author"),
        ("Cai Jialun", "author"),
        ("He Zi", "editor"),
    ] or {name for name, _ in authors(a)} == {"Heyan Yueche Studio", "Cai Jialun", "He Zi"}
    text = "\n".join(texts(a))
    assert "Xiaomi is staging a dramatic comeback" in text
    assert "Total Words" not in text
    assert "may not be reproduced without authorization" not in text


def test_002_captions_and_headings() -> None:
    a = article("002")
    captions = [b.text for b in a.blocks if b.kind is BlockKind.CAPTION]
    assert captions[0] == "Xiaomi Cars Fully Joins the Intelligent Driving Battle"
    assert len(captions) == 4
    headings = [b.text for b in a.blocks if b.kind is BlockKind.HEADING]
    assert "Can Xiaomi Prevail in the End?" in headings


def test_003_is_two_articles_with_the_same_bullets() -> None:
    zh, en = ingested("003").articles
    assert (zh.lang, en.lang) == (Lang.ZH, Lang.EN)
    counts = [
        len([b for b in a.blocks if b.kind is BlockKind.LIST_ITEM and b.label]) for a in (zh, en)
    ]
    assert counts == [18, 18]
    in_items = [
        len([s for s in a.sentences if s.block in {b.id for b in a.blocks if b.label}])
        for a in (zh, en)
    ]
    assert in_items == [35, 35]
    assert en.title is not None
    assert en.title.startswith("Electrified - Why Tesla Really Partnered")
    for a in (zh, en):
        assert a.metadata.published is not None
        assert a.metadata.published.value == "2026-01-22T01:49:36"
    assert not any("原节目" in block.text for block in zh.blocks)


def test_004_ambiguous_date_views_and_roles() -> None:
    a = article("004")
    published = a.metadata.published
    assert published is not None
    assert published.value == "2025-03-07"
    assert published.ambiguous
    assert "2025-07-03" in published.alternatives
    assert ("views", 560) in {(f.value.name, f.value.count) for f in a.metadata.counters}
    assert {name for name, _ in authors(a)} == {"Awen", "Yibai", "Yonge"}
    assert (
        a.title
        == "What can new forces in car manufacturing do in the second half to find differentiation?"
    )
    # The title stands again as first sentence of a paragraph: that is no duplicate.
    assert any(t.startswith(a.title + " The final outcome is uncertain.") for t in texts(a))
    assert any(t.startswith('2024 is hailed as the "first year') for t in texts(a))
