from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.glossary import Glossary, GlossaryError, Term, load_glossary
from models.glossary.glossary import contains
from models.records import Lang


def names(glossary: Glossary, text: str, lang: Lang) -> list[str]:
    return [found.term.zh[0] for found in glossary.find(text, lang)]


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "terms.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_starter_glossary_is_whole() -> None:
    starter = load_glossary()
    assert len(starter) >= 500
    chinese = [zh for term in starter.terms for zh in term.zh if zh not in term.only_out]
    assert len(chinese) == len(set(chinese))
    for term in starter.terms:
        for zh in term.zh:
            assert zh not in starter.words or not any(c.isspace() for c in zh)
        assert not any("\u4e00" <= c <= "\u9fff" for en in term.en for c in en)
        assert all(text == text.strip() for text in (*term.zh, *term.en))
    assert ("英伟达", "Nvidia") in starter.pairs
    assert "台积电" in starter.words


def test_every_starter_term_is_found_in_its_own_rendering() -> None:
    for term in load_glossary().terms:
        one = Glossary([term])
        for lang in Lang:
            for text in term.renderings(lang):
                if text not in term.only_out:
                    sentence = f"今天{text}很好" if lang is Lang.ZH else f"About {text}, he said"
                    assert one.find(sentence, lang), text


def test_a_file_with_all_it_may_hold(tmp_path: Path) -> None:
    path = write(
        tmp_path, "\ufeff# terms\r\n动力电池|~电池\tpower battery|traction battery\tcars\r\n\r\n"
    )
    (term,) = load_glossary(path).terms
    assert term == Term(
        ("动力电池", "电池"), ("power battery", "traction battery"), "cars", frozenset({"电池"})
    )


@pytest.mark.parametrize("text", ["电池", "电池\t", "\tbattery", "电池\t|", "电池\t~"])
def test_a_line_without_two_cells_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(GlossaryError, match="line 2"):
        load_glossary(write(tmp_path, f"# first\n{text}\n"))


def test_a_file_that_is_missing_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match=r"no\.tsv"):
        load_glossary(tmp_path / "no.tsv")
    (tmp_path / "bad.tsv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(GlossaryError, match="not UTF-8"):
        load_glossary(tmp_path / "bad.tsv")


TERMS = Glossary(
    [
        Term(("人工智能",), ("artificial intelligence", "AI")),
        Term(("苹果公司", "苹果"), ("Apple",), only_out=frozenset({"苹果"})),
        Term(("续航里程",), ("driving range", "range"), only_out=frozenset({"range"})),
        Term(("子公司",), ("subsidiary",)),
        Term(("5G网络",), ("5G network",)),
    ]
)


def test_capitals_count_where_a_term_has_them() -> None:
    assert names(TERMS, "Apple and AI", Lang.EN) == ["苹果公司", "人工智能"]
    assert names(TERMS, "an apple, he said, from Ai", Lang.EN) == []
    assert names(TERMS, "APPLE", Lang.EN) == ["苹果公司"]


def test_plurals_possessives_and_sentence_starts_are_found() -> None:
    assert names(TERMS, "Subsidiaries of Apple's rivals", Lang.EN) == ["子公司", "苹果公司"]
    assert names(TERMS, "Artificial intelligence", Lang.EN) == ["人工智能"]


def test_what_is_only_accepted_is_not_looked_for() -> None:
    assert names(TERMS, "a range of apples", Lang.EN) == []
    assert names(TERMS, "苹果很甜", Lang.ZH) == []
    assert contains("a range of 500 km", "range", Lang.EN)


def test_a_term_is_no_part_of_a_longer_run_of_letters() -> None:
    assert names(TERMS, "建设5G网络", Lang.ZH) == ["5G网络"]
    assert names(TERMS, "A15G网络", Lang.ZH) == []


def test_the_revision_follows_the_terms() -> None:
    assert TERMS.revision == Glossary(TERMS.terms).revision != Glossary(TERMS.terms[1:]).revision


@given(
    st.text(alphabet="人工智能子公司苹果 5G网络Apple AIs'", max_size=60),
    st.sampled_from(list(Lang)),
)
def test_found_terms_stand_where_they_are_said_to_and_do_not_overlap(text: str, lang: Lang) -> None:
    end = 0
    for found in TERMS.find(text, lang):
        start, stop = found.span
        assert end <= start < stop
        assert any(contains(text[start:stop], r, lang) for r in found.term.renderings(lang))
        end = stop
