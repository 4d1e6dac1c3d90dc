"""Pairs told by file names."""

from dataclasses import dataclass

import pytest

from models.records import Lang
from tasks.pair.names import name_key, pairs_by_name


@dataclass(frozen=True)
class File:
    path: str
    lang: Lang


def found(*files: tuple[str, str]) -> list[tuple[str, str]]:
    named = [File(path, Lang(lang)) for path, lang in files]
    return [(zh.path, en.path) for zh, en in pairs_by_name(named)]


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("x.zh.txt", "x.en.txt"),
        ("x_zh.txt", "x_en.txt"),
        ("x-zh-CN.txt", "x-en-US.txt"),
        ("x.zh_Hans.html", "x.en.md"),
        ("zh/x.txt", "en/x.txt"),
        ("news/Chinese/2024/x.txt", "news/English/2024/x.txt"),
        ("cn/x.cn.txt", "en/x.en.txt"),
        ("12/zh.txt", "12/en.txt"),
        ("cn_x.txt", "en_x.txt"),
        ("x.zh", "x.en"),
        ("x (中文).txt", "x (英文).txt"),
        ("x_中文版.docx", "x_英文版.docx"),
        ("x【简体】.txt", "x[English].txt"),
    ],
)
def test_names_that_differ_in_the_language_mark_are_a_pair(zh: str, en: str) -> None:
    assert found((en, "en"), (zh, "zh")) == [(zh, en)]


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("a/x.zh.txt", "b/x.en.txt"),  # another folder
        ("zh/a/x.txt", "en/b/x.txt"),
        ("zh/x.txt", "x.en.txt"),  # marked in another place
        ("x.zh.txt", "y.en.txt"),
        ("xzh.txt", "xen.txt"),  # part of a word
        ("zhejiang.txt", "england.txt"),
        ("zh/x.en.txt", "en/x.zh.txt"),  # marks that contradict each other
        ("x.txt", "x.html"),  # no mark at all
    ],
)
def test_other_names_are_no_pair(zh: str, en: str) -> None:
    assert found((en, "en"), (zh, "zh")) == []


def test_the_mark_must_be_the_language_that_was_detected() -> None:
    assert found(("x.zh.txt", "en"), ("x.en.txt", "zh")) == []
    assert found(("x.zh.txt", "en"), ("x.en.txt", "en")) == []


def test_a_name_that_fits_several_files_says_nothing() -> None:
    assert found(("x.zh.txt", "zh"), ("x.zh.html", "zh"), ("x.en.txt", "en")) == []
    assert found(("x.zh-cn.txt", "zh"), ("x.zh-tw.txt", "zh"), ("x.en.txt", "en")) == []


def test_an_unmarked_file_is_the_counterpart_of_a_marked_one_without_another() -> None:
    assert found(("README.md", "en"), ("README.zh-CN.md", "zh")) == [
        ("README.zh-CN.md", "README.md")
    ]
    assert found(("a/x.txt", "zh"), ("a/x_en.txt", "en")) == [("a/x.txt", "a/x_en.txt")]
    assert found(("x.txt", "zh"), ("x.zh.txt", "zh")) == []
    assert found(("b/x.txt", "en"), ("a/x.zh.txt", "zh")) == []
    assert found(("x.txt", "en"), ("x.html", "en"), ("x.zh.txt", "zh")) == []
    # The marked counterpart is there.
    assert found(("x.txt", "en"), ("x.en.txt", "en"), ("x.zh.txt", "zh")) == [
        ("x.zh.txt", "x.en.txt")
    ]


def test_the_order_of_the_files_does_not_matter() -> None:
    files = [("x.zh.txt", "zh"), ("x.en.txt", "en"), ("b/zh/y.txt", "zh"), ("b/en/y.txt", "en")]
    assert (
        found(*files)
        == found(*reversed(files))
        == [
            ("b/zh/y.txt", "b/en/y.txt"),
            ("x.zh.txt", "x.en.txt"),
        ]
    )


def test_case_and_unicode_form_do_not_matter() -> None:
    assert found(("Caf\u00e9.ZH.txt", "zh"), ("cafe\u0301.en.txt", "en")) != []


def test_odd_names_have_no_key() -> None:
    for path in ("", ".zh", "zh", ".", "a/", "-.txt", "a" * 200 + "-" * 3000):
        name_key(path)  # raises nothing, and comes back at once
    assert name_key("plain.txt") is None
