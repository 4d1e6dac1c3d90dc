"""One-to-one pairs: known ones first, then by content, with reasons for all others."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records import Lang, PairHow, UnpairedReason
from tasks.pair import (
    KnownPairs,
    PairRow,
    PairSettings,
    SignedArticle,
    pair,
    sign_text,
    similarity,
)
from tests.tasks.pair.stories import STORIES, UNRELATED


def article(
    text: str,
    lang: str,
    path: str = "",
    *,
    record: int | None = None,
    partner: str | None = None,
    name: str = "",
) -> SignedArticle:
    name = name or f"{lang}-{abs(hash_of(text)):08x}"
    return SignedArticle(
        name, Lang(lang), path or name, record, partner, sign_text(text, Lang(lang))
    )


def hash_of(text: str) -> int:
    value = 0
    for ch in text:
        value = (value * 31 + ord(ch)) % 2**32
    return value


def all_stories() -> list[SignedArticle]:
    return [article(text, lang) for zh, en in STORIES for text, lang in ((zh, "zh"), (en, "en"))]


def expected() -> list[tuple[str, str]]:
    return sorted((article(zh, "zh").id, article(en, "en").id) for zh, en in STORIES)


def found(articles: Sequence[SignedArticle], **options: object) -> list[tuple[str, str]]:
    return [(match.zh, match.en) for match in pair(articles, **options).pairs]  # type: ignore[arg-type]


def test_translations_find_each_other_by_content() -> None:
    result = pair(all_stories())
    assert [(match.zh, match.en) for match in result.pairs] == expected()
    assert {match.how for match in result.pairs} == {PairHow.CONTENT}
    assert all(0.5 <= match.score < 1 for match in result.pairs)
    assert result.unpaired == {}
    assert result.notes == ()


def test_traditional_chinese_finds_its_translation_too() -> None:
    from tasks.language.hans import to_traditional

    articles = [
        article(text, lang, name=f"{lang}{k}")
        for k, (zh, en) in enumerate(STORIES)
        for text, lang in ((to_traditional(zh), "zh"), (en, "en"))
    ]
    assert found(articles) == [(f"zh{k}", f"en{k}") for k in range(len(STORIES))]


@given(order=st.permutations(range(2 * len(STORIES))))
def test_the_order_of_the_articles_does_not_matter(order: list[int]) -> None:
    articles = all_stories()
    assert pair([articles[k] for k in order]) == pair(articles)


def test_an_unrelated_article_changes_no_pair() -> None:
    before = pair(all_stories())
    added = [article(text, lang) for lang, text in UNRELATED]
    after = pair([*all_stories(), *added])
    assert after.pairs == before.pairs
    assert set(after.unpaired) == {a.id for a in added}
    for reason in after.unpaired.values():
        assert reason.reason in (UnpairedReason.NO_CANDIDATE, UnpairedReason.LOW_SCORE)


def test_two_versions_of_a_story_are_a_tie_and_not_guessed() -> None:
    zh, en = STORIES[0]
    articles = [
        article(zh, "zh", name="z"),
        article(en, "en", name="e1"),
        article(en.replace("Thursday", "Friday"), "en", name="e2"),
    ]
    result = pair(articles)
    assert result.pairs == ()
    assert {r.reason for r in result.unpaired.values()} == {UnpairedReason.NEAR_TIE}
    assert {c.article for c in result.unpaired["z"].candidates} == {"e1", "e2"}
    assert [c.article for c in result.unpaired["e1"].candidates] == ["z"]


def test_a_lone_article_whose_counterpart_is_known_elsewhere_has_no_candidate() -> None:
    zh, en = STORIES[0]
    articles = [
        article(zh, "zh", "a.txt", name="z", partner="e"),
        article(en, "en", "a.txt", name="e", partner="z"),
        article(en + " One sentence more.", "en", name="e2"),
    ]
    result = pair(articles)
    assert [(m.zh, m.en, m.how) for m in result.pairs] == [("z", "e", PairHow.SAME_PAGE)]
    assert result.unpaired["e2"].reason is UnpairedReason.NO_CANDIDATE


def test_a_candidate_that_pairs_better_elsewhere_is_named() -> None:
    zh, en = STORIES[1]
    # Half of the story and something else: near enough to be a candidate, far enough to be no tie.
    other = en[: len(en) * 2 // 3] + STORIES[2][1][: len(en) // 4]
    articles = [
        article(zh, "zh", name="z"),
        article(en, "en", name="e"),
        article(other, "en", name="part"),
    ]
    result = pair(articles, settings=PairSettings(min_score=0.01, tie_margin=0.1))
    assert [(m.zh, m.en) for m in result.pairs] == [("z", "e")]
    assert result.unpaired["part"].reason is UnpairedReason.CANDIDATE_TAKEN
    assert result.unpaired["part"].candidates[0].article == "z"


def test_a_weak_candidate_is_listed_with_its_score() -> None:
    zh, en = STORIES[0]
    articles = [article(zh, "zh", name="z"), article(en, "en", name="e")]
    result = pair(articles, settings=PairSettings(min_score=1.0))
    assert result.pairs == ()
    assert result.unpaired["z"].reason is UnpairedReason.LOW_SCORE
    assert result.unpaired["z"].candidates[0].article == "e"


def test_no_more_candidates_than_asked_for() -> None:
    zh, en = STORIES[0]
    copies = [article(f"{en} Version {k}.", "en", name=f"e{k}") for k in range(12)]
    result = pair([article(zh, "zh", name="z"), *copies], settings=PairSettings(candidates=2))
    assert len(result.unpaired["z"].candidates) == 2
    assert {r.reason for r in result.unpaired.values()} <= {
        UnpairedReason.NEAR_TIE,
        UnpairedReason.CANDIDATE_TAKEN,
    }


def test_file_names_come_before_content_and_the_pairs_file_before_both() -> None:
    (zh0, en0), (zh1, en1) = STORIES[:2]
    articles = [
        article(zh0, "zh", "a.zh.txt", name="z0"),
        article(en0, "en", "a.en.txt", name="e0"),
        article(zh1, "zh", "b.zh.txt", name="z1"),
        article(en1, "en", "c.txt", name="e1"),
    ]
    how = {(m.zh, m.en): m.how for m in pair(articles).pairs}
    assert how == {("z0", "e0"): PairHow.FILE_NAME, ("z1", "e1"): PairHow.CONTENT}
    known = KnownPairs((PairRow(1, "c.txt", "a.zh.txt"),), "pairs.tsv")
    how = {(m.zh, m.en): m.how for m in pair(articles, known).pairs}
    assert how[("z0", "e1")] is PairHow.PAIRS_FILE
    off = PairSettings(file_names=False, content=False)
    assert pair(articles, settings=off).pairs == ()


def test_file_names_that_the_content_denies_are_not_believed() -> None:
    zh, en = STORIES[0][0], STORIES[1][1]
    articles = [
        article(zh, "zh", "zh/001.txt", name="z"),
        article(en, "en", "en/001.txt", name="e"),
    ]
    result = pair(articles)
    assert result.pairs == ()
    (note,) = result.notes
    assert "zh/001.txt" in note
    assert "en/001.txt" in note
    # Short texts say too little to deny anything.
    short = [
        article("他来了。", "zh", "zh/001.txt", name="z"),
        article("Stocks fell.", "en", "en/001.txt", name="e"),
    ]
    assert pair(short).pairs[0].how is PairHow.FILE_NAME


def test_records_of_a_jsonl_file_are_not_paired_by_its_name() -> None:
    zh, en = STORIES[0][0], STORIES[1][1]
    articles = [
        article(zh, "zh", "x.zh.jsonl", record=1, name="z"),
        article(en, "en", "x.en.jsonl", record=1, name="e"),
    ]
    assert pair(articles).pairs == ()


def test_the_pairs_file_names_paths_records_and_ids() -> None:
    (zh0, en0), (zh1, en1) = STORIES[:2]
    articles = [
        article(zh0, "zh", "a/x.jsonl", record=1, name="z0"),
        article(zh1, "zh", "a/x.jsonl", record=2, name="z1"),
        article(en0, "en", "b.txt", name="e0"),
        article(en1, "en", "c.txt", name="e1"),
    ]
    rows = (PairRow(1, "a/x.jsonl:2", "b.txt"), PairRow(2, "e1", "z0"))
    result = pair(articles, KnownPairs(rows, "p"))
    assert [(m.zh, m.en, m.how) for m in result.pairs] == [
        ("z0", "e1", PairHow.PAIRS_FILE),
        ("z1", "e0", PairHow.PAIRS_FILE),
    ]
    assert result.notes == ()


@pytest.mark.parametrize(
    ("row", "note"),
    [
        (("a.txt", "none.txt"), "p.tsv:7: no article comes from none.txt"),
        (("a.txt", "b.txt"), "p.tsv:7: a.txt and b.txt are both in one language (zh)"),
        (("both.txt", "a.txt"), "p.tsv:7: both.txt is a page in two languages, a pair by itself"),
        (
            ("many.jsonl", "a.txt"),
            "p.tsv:7: many.jsonl holds 2 articles; name one as many.jsonl:LINE",
        ),
        (("a.txt", "en-half"), "p.tsv:7: en-half is paired already"),
    ],
)
def test_a_line_that_cannot_be_followed_becomes_a_note(row: tuple[str, str], note: str) -> None:
    texts = [*STORIES, *STORIES]
    articles = [
        article(texts[0][0], "zh", "a.txt", name="a"),
        article(texts[1][0], "zh", "b.txt", name="b"),
        article(texts[2][0], "zh", "both.txt", name="zh-half", partner="en-half"),
        article(texts[2][1], "en", "both.txt", name="en-half", partner="zh-half"),
        article("Short.", "en", "many.jsonl", record=1, name="m1"),
        article("Shorter.", "en", "many.jsonl", record=2, name="m2"),
    ]
    assert pair(articles, KnownPairs((PairRow(7, *row),), "p.tsv")).notes == (note,)


def test_equal_ids_and_mixed_weights_are_refused() -> None:
    one = article(STORIES[0][0], "zh", name="z")
    with pytest.raises(ValueError, match="same id"):
        pair([one, one])
    other = article(STORIES[0][1], "en", name="e")
    other = replace(other, signature=replace(other.signature, table=1))
    with pytest.raises(ValueError, match="different weights"):
        pair([one, other])


def test_nothing_to_pair() -> None:
    assert pair([]).pairs == ()
    only = article(STORIES[0][0], "zh", name="z")
    assert pair([only]).unpaired["z"].reason is UnpairedReason.NO_CANDIDATE
    empty = [article("", "zh", name="z"), article("", "en", name="e")]
    assert {r.reason for r in pair(empty).unpaired.values()} == {UnpairedReason.NO_CANDIDATE}


def test_the_score_of_a_match_is_that_of_the_two_signatures() -> None:
    articles = {a.id: a for a in all_stories()}
    for match in pair(articles.values()).pairs:
        alone = similarity(articles[match.zh].signature, articles[match.en].signature)
        assert match.score == alone.score
