"""Words: what is one token, and that nothing is ever lost between them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.dictionary import shipped_terms
from tasks.words import WordSettings, batch_segmenter, dictionary_digest, segmenter
from tasks.words.segment import Cutter, jieba_cutter, make_segmenter, rjieba_cutter

cut = segmenter(WordSettings())
SENTENCES = st.text(
    alphabet="我们在北京的台积电良率增长了百分之五，。！“”…—、 \u3000AaZ019%.-:/@é灣臺積電\U00020bb7\n\u200b",
    max_size=40,
)


@given(SENTENCES)
def test_tokens_concatenate_to_the_sentence(sentence: str) -> None:
    tokens = cut(sentence)
    assert "".join(tokens) == sentence
    assert all(tokens)


@pytest.mark.parametrize(
    "token",
    # jieba alone gives 9/,/999 and cuts every one of these apart
    ["9,999", "3.5%", "１２，８００", "14:30", "COVID-19", "V12.3", "R&D", "C++", "5C", "GPT-4o",
     "https://example.com/a?b=1", "li.lei@example.com.cn", "2024-11-05", "……", "——"],
)  # fmt: skip
def test_what_is_not_han_stays_whole(token: str) -> None:
    assert token in cut(f"他说{token}很好")


def test_shipped_terms_are_words() -> None:
    assert "良率" in cut("其良率仍落后于台积电")
    assert "台积电" in cut("其良率仍落后于台积电")
    assert len(shipped_terms()) == len(set(shipped_terms()))


def test_terms_with_blanks_and_latin_letters_are_words(tmp_path: Path) -> None:
    # jieba ignores a user word with a blank in it.
    own = tmp_path / "own.txt"
    own.write_text("Model 3 改款 5 n\nA股\n云梦泽汽车\n# a comment\n", encoding="utf-8")
    words = segmenter(WordSettings(dictionaries=(str(own),)))("云梦泽汽车和Model 3 改款在A股BA股")
    assert words == ["云梦泽汽车", "和", "Model 3 改款", "在", "A股", "BA", "股"]


def test_traditional_text_is_cut_as_simplified_and_stays_traditional() -> None:
    assert cut("臺積電的良率") == ["臺積電", "的", "良率"]


@pytest.mark.parametrize("terms", [(), tuple(t for t in shipped_terms() if min(t) >= "\u4e00")])
def test_the_rust_port_cuts_han_runs_as_jieba_does(seeds: Path, terms: tuple[str, ...]) -> None:
    text = "".join(path.read_text("utf-8") for path in seeds.glob("003*"))
    runs = re.findall("[\u4e00-\u9fff]+", text) + [f"在{term}的" for term in shipped_terms()]
    assert sum(map(len, runs)) > 2000
    rust, python = rjieba_cutter(terms), jieba_cutter(terms)
    assert [rust(run) for run in runs] == [python(run) for run in runs]


def test_no_terms_at_all() -> None:
    assert make_segmenter([], rjieba_cutter)(["其良率高"]) == [jieba_cutter(())("其良率高")]


HAN_RUNS = st.text(
    alphabet="我们在北京的台积电良率增长了百分之五中国人民一二三灣臺\u3400\uf900\U00020bb7龘",
    min_size=1,
    max_size=12,
)


@given(st.lists(HAN_RUNS, min_size=1, max_size=6), st.sampled_from([rjieba_cutter, jieba_cutter]))
def test_runs_that_are_cut_together_give_the_words_of_each(runs: list[str], cutter: Cutter) -> None:
    cut_han = cutter(("台积电", "百分之五"))
    together = " ".join(cut_han("\n".join(runs))).split("\n")
    assert [words.split() for words in together] == [cut_han(run) for run in runs]


@given(st.lists(SENTENCES, max_size=5))
def test_sentences_that_are_cut_together_have_their_own_tokens(sentences: list[str]) -> None:
    assert batch_segmenter(WordSettings())(sentences) == [cut(sentence) for sentence in sentences]


def test_the_digest_follows_the_content_of_the_dictionaries(tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text("云梦泽", encoding="utf-8")
    settings = WordSettings(dictionaries=(str(own),))
    before = dictionary_digest(settings)
    assert segmenter(settings)("云梦泽汽车") == ["云梦泽", "汽车"]
    own.write_text("云梦泽汽车", encoding="utf-8")
    assert dictionary_digest(settings) != before
    assert segmenter(settings)("云梦泽汽车") == ["云梦泽汽车"]


def test_jieba_keeps_its_cache_in_our_folder_and_is_silent(tmp_path: Path) -> None:
    # jieba's own default is a world-writable /tmp/jieba.cache that all users share.
    code = (
        "import tempfile, pathlib\n"
        "from tasks.words import *\n"
        "segmenter(WordSettings(use_rjieba=False))('其良率仍落后于台积电')\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={"ZHEN_CACHE_DIR": str(tmp_path / "cache"), "TMPDIR": str(tmp_path), "PATH": ""},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]
