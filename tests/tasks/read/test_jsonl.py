import json
from pathlib import Path

import pytest

from models.records import Document, Hints, Quarantine, QuarantineReason
from tasks.read import ReadSettings
from tests.tasks.read.helpers import document, read_all, read_bytes, reason
from tests.tasks.read.texts import SIMPLIFIED, TRADITIONAL


def one(
    folder: Path, record: object, settings: ReadSettings | None = None
) -> Document | Quarantine:
    line = json.dumps(record, ensure_ascii=False).encode()
    return read_bytes(folder, "a.jsonl", line, settings or ReadSettings())


def test_the_fields_of_a_record(tmp_path: Path) -> None:
    result = document(
        one(
            tmp_path,
            {
                "text": "第一段。\n第二段。",
                "id": 17,
                "title": " 标题 ",
                "url": "https://example.org/1",
                "published": 1714550400,
                "outlet": "东江日报",
                "authors": ["王强", {"name": "李丽", "role": "editor"}, None],
                "lang": "zh",
                "unknown": {"ignored": True},
            },
        )
    )
    assert result.text == "第一段。\n第二段。"
    assert (result.markdown, result.extracted, result.source.record) == (False, False, 1)
    assert result.hints == Hints(
        how="jsonl",
        title="标题",
        url="https://example.org/1",
        published="1714550400",
        outlet="东江日报",
        authors=("王强", "李丽"),
        lang="zh",
        id="17",
    )


def test_names_can_be_mapped_and_fields_left_unread(tmp_path: Path) -> None:
    settings = ReadSettings(jsonl_fields=("text=body", "title=headline", "published="))
    record = {"body": "正文。", "text": "other", "headline": "标题", "published": {"$date": 1}}
    result = document(one(tmp_path, record, settings))
    assert (result.text, result.hints.title, result.hints.published) == ("正文。", "标题", None)


def test_an_html_field_is_extracted_like_a_page(tmp_path: Path) -> None:
    page = (
        "<html lang='zh'><head><title>市长谈新铁路_东江网</title></head><body><h1>市长谈新铁路</h1>"
        f"<div>{''.join(f'<p>{text}</p>' for text in SIMPLIFIED)}</div></body></html>"
    )
    result = document(one(tmp_path, {"html": page, "outlet": "东江网"}))
    assert result.extracted
    assert result.markdown
    assert result.text.split("\n\n") == ["# 市长谈新铁路", *SIMPLIFIED]
    assert (result.hints.how, result.hints.title) == ("jsonl", "市长谈新铁路")
    assert (result.hints.outlet, result.hints.lang) == ("东江网", "zh")


def test_text_wins_over_html(tmp_path: Path) -> None:
    assert document(one(tmp_path, {"text": "正文。", "html": "<p>x</p>"})).text == "正文。"


def test_lone_surrogates_become_replacement_characters(tmp_path: Path) -> None:
    line = (
        b'{"text": "a\\ud800b\\udfff \\ud83d\\ude00", "title": "\\udc00x", "authors": "\\ud900y"}'
    )
    result = document(read_bytes(tmp_path, "a.jsonl", line))
    assert result.text == "a\ufffdb\ufffd 😀"
    assert result.hints.title == "\ufffdx"
    assert result.hints.authors == ("\ufffdy",)


def test_a_line_in_another_encoding_is_found_out(tmp_path: Path) -> None:
    # GBK and Big5 have quotes and backslashes among their second bytes.
    for text, encoding in (("".join(SIMPLIFIED), "gb18030"), ("功許蓋" + TRADITIONAL[0], "big5")):
        line = json.dumps({"text": text}, ensure_ascii=False).encode(encoding)
        assert document(read_bytes(tmp_path, "a.jsonl", line)).text == text


@pytest.mark.parametrize(
    "line",
    [
        b"{not json}",
        b'{"text": "cut',
        b"[1, 2]",
        b'"text"',
        b"null",
        b"{}",
        b'{"text": null}',
        b'{"text": 5}',
        b'{"text": ["a"]}',
        b'{"text": "a", "title": ["b"]}',
        b'{"text": "a", "url": true}',
        b'{"text": "a", "authors": [{"x": 1}, 5]}',
        b'{"text": "a"} {"text": "b"}',
        b"[" * 100_000,
        b'{"text": ' + b"9" * 10_000 + b"}",
    ],
    ids=range(15),
)
def test_a_line_that_is_no_record_says_where(tmp_path: Path, line: bytes) -> None:
    content = b'{"text": "before"}\n' + line + b'\n{"text": "after"}\n'
    (tmp_path / "a.jsonl").write_bytes(content)
    before, bad, after = read_all(tmp_path / "a.jsonl")
    assert document(before).text == "before"
    assert document(after).text == "after"
    assert reason(bad) is QuarantineReason.BAD_RECORD
    assert isinstance(bad, Quarantine)
    assert (bad.source, bad.record, bad.byte) == ("a.jsonl", 2, 19)


def test_a_blank_text_is_empty(tmp_path: Path) -> None:
    assert reason(one(tmp_path, {"text": " \n"})) is QuarantineReason.EMPTY


def test_the_limit_is_for_the_text_not_for_its_escapes(tmp_path: Path) -> None:
    settings = ReadSettings(max_document_bytes=30)
    text = "十个汉字正好三十字节"
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": text}), encoding="ascii")
    (result,) = read_all(tmp_path / "a.jsonl", settings)
    assert document(result).text == text
    assert reason(one(tmp_path, {"text": text + "。"}, settings)) is QuarantineReason.TOO_LARGE


def test_a_record_changed_since_it_was_scanned_is_refused(tmp_path: Path) -> None:
    from tasks.read import InputUnit, read, scan

    file = tmp_path / "a.jsonl"
    file.write_text('{"text": "one"}\n{"text": "two"}\n')
    units = [u for u in scan([file], ReadSettings()) if isinstance(u, InputUnit)]
    file.write_text('{"text": "one"}\n{"text": "TWO"}\n')
    assert document(read(units[0], ReadSettings())).text == "one"
    assert reason(read(units[1], ReadSettings())) is QuarantineReason.UNREADABLE
