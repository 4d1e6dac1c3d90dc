import io
import zipfile
from pathlib import Path

import pytest

from models.records import QuarantineReason
from tasks.read import ReadSettings
from tests.tasks.read.helpers import document, read_bytes, reason

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
STYLES = f"""<w:styles {W}>
<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="lb"><w:name w:val="List Bullet"/></w:style>
</w:styles>"""
NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="6"><w:abstractNumId w:val="1"/></w:num>
</w:numbering>"""
CORE = """<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>铁路通车</dc:title><dc:creator>王强</dc:creator>
<dcterms:created>2020-01-01T00:00:00Z</dcterms:created></cp:coreProperties>"""


def p(text: str, style: str = "", props: str = "") -> str:
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{props}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(*rows: list[str]) -> str:
    cells = ["".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def item(list_id: int, text: str) -> str:
    numbered = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{list_id}"/></w:numPr>'
    return p(text, props=numbered)


def docx(body: str, **parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>"
        )
        archive.writestr("word/styles.xml", STYLES)
        archive.writestr("word/numbering.xml", NUMBERING)
        archive.writestr("docProps/core.xml", CORE)
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def text_of(folder: Path, body: str) -> str:
    return document(read_bytes(folder, "a.docx", docx(body))).text


def test_paragraphs_headings_and_properties(tmp_path: Path) -> None:
    body = p("铁路通车", "a3") + p("第一段。") + p("背景", "1") + p("第二段。") + p("细节", "2")
    result = document(read_bytes(tmp_path, "a.docx", docx(body)))
    assert result.text == "# 铁路通车\n\n第一段。\n\n## 背景\n\n第二段。\n\n### 细节"
    assert (result.markdown, result.extracted) == (True, True)
    assert (result.hints.how, result.hints.title) == ("docx", "铁路通车")
    assert result.hints.authors == ("王强",)
    assert result.hints.published is None  # the date of a file is not that of its publication


def test_a_first_heading_is_the_title_where_there_is_no_title(tmp_path: Path) -> None:
    assert text_of(tmp_path, p("铁路通车", "1") + p("第一段。")) == "# 铁路通车\n\n第一段。"


def test_lists_by_bullet_number_and_style(tmp_path: Path) -> None:
    body = item(5, "甲") + item(6, "乙") + item(6, "丙") + p("丁", "lb")
    assert text_of(tmp_path, body).split("\n\n") == ["- 甲", "1. 乙", "2. 丙", "- 丁"]


def test_a_table_of_data_gives_rows(tmp_path: Path) -> None:
    body = table(["项目", "2023", "2024"], ["营收", "12.5", "15.1"])
    assert text_of(tmp_path, body) == "| 项目 | 2023 | 2024 |\n| 营收 | 12.5 | 15.1 |"


def test_a_table_that_sets_two_languages_side_by_side_gives_paragraphs(tmp_path: Path) -> None:
    body = table(["铁路明年通车。", "The railway opens next year."], ["很好。", "Very good."])
    assert text_of(tmp_path, body).split("\n\n") == [
        "铁路明年通车。",
        "The railway opens next year.",
        "很好。",
        "Very good.",
    ]


def test_text_that_is_not_the_documents(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>留下</w:t></w:r><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>加上</w:t></w:r></w:ins><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>可见</w:t></w:r>'
        "<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>"
    )
    assert text_of(tmp_path, body) == "留下加上可见链接"


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{p('框中文字。')}</w:txbxContent>"
    body = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice>" + box + "</mc:Choice><mc:Fallback>" + box
        + "</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>段落。</w:t></w:r></w:p>"
    )  # fmt: skip
    assert text_of(tmp_path, body) == "框中文字。\n\n段落。"


def test_forced_line_breaks_end_paragraphs(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>第一段。</w:t><w:br/><w:t>第二段。</w:t><w:tab/><w:t>完</w:t></w:r></w:p>"
    )
    assert text_of(tmp_path, body) == "第一段。\n\n第二段。 完"


def test_an_archive_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    body = p("x" * 60_000_000)
    assert reason(read_bytes(tmp_path, "a.docx", docx(body))) is QuarantineReason.UNSAFE
    small = ReadSettings(max_document_bytes=1000)
    result = read_bytes(tmp_path, "a.docx", docx(p("y" * 11_000)), small)
    assert reason(result) is QuarantineReason.UNSAFE
    bomb = {"docProps__core.xml2": "", "word__styles.xml": " " * 11_000_000}
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = docx(p("text"), **bomb)
    assert reason(read_bytes(tmp_path, "a.docx", content)) is QuarantineReason.UNSAFE


def test_too_many_entries(tmp_path: Path) -> None:
    content = docx(p("text"), **{f"x{i}": "" for i in range(10_001)})
    assert reason(read_bytes(tmp_path, "a.docx", content)) is QuarantineReason.UNSAFE


LAUGHS = "<!DOCTYPE l [<!ENTITY a 'ha'>{}]>".format(
    "".join(f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9))
)


@pytest.mark.parametrize(
    "prolog",
    [
        LAUGHS,
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">',
    ],
    ids=["billion laughs", "external entity", "external document type"],
)
@pytest.mark.parametrize("part", ["word/document.xml", "docProps/core.xml"])
def test_entities_are_refused(tmp_path: Path, prolog: str, part: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("word/document.xml", "docProps/core.xml"):
            body = f"<w:document {W}><w:body>{p('&a;' if name == part else 'text')}</w:body></w:document>"
            archive.writestr(name, (prolog if name == part else "") + body)
    result = read_bytes(tmp_path, "a.docx", buffer.getvalue())
    assert reason(result) is QuarantineReason.UNSAFE


def test_broken_and_foreign_files(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    whole = docx(p("text") * 100)
    for content in (
        buffer.getvalue(),
        whole[: len(whole) // 2],
        docx("<w:p>"),
        whole.replace(b"PK\x03\x04", b"PK\x03\x05", 1),
    ):
        assert reason(read_bytes(tmp_path, "a.docx", content)) is QuarantineReason.UNREADABLE


def test_a_document_without_text(tmp_path: Path) -> None:
    assert reason(read_bytes(tmp_path, "a.docx", docx("<w:p/>"))) is QuarantineReason.NO_TEXT


def test_elements_nested_without_end_do_no_harm(tmp_path: Path) -> None:
    body = "<w:sdt>" * 50_000 + p("text") + "</w:sdt>" * 50_000
    assert text_of(tmp_path, body) == "text"


def test_the_main_part_may_have_another_name(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
        archive.writestr(
            "_rels/.rels",
            f'<Relationships><Relationship Type="{kind}" Target="/word/document2.xml"/></Relationships>',
        )
        archive.writestr(
            "word/document2.xml", f"<w:document {W}><w:body>{p('text')}</w:body></w:document>"
        )
    assert document(read_bytes(tmp_path, "a.docx", buffer.getvalue())).text == "text"


def test_a_file_that_word_s_own_library_writes(tmp_path: Path) -> None:
    import docx as python_docx

    written = python_docx.Document()
    written.add_heading("铁路通车", 0)
    written.add_heading("背景", 1)
    written.add_paragraph("第一段。")
    written.add_paragraph("甲", style="List Bullet")
    written.add_paragraph("乙", style="List Number")
    cells = written.add_table(rows=2, cols=2)
    for row, values in zip(cells.rows, (("项目", "数值"), ("营收", "12.5")), strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    buffer = io.BytesIO()
    written.save(buffer)
    assert document(read_bytes(tmp_path, "a.docx", buffer.getvalue())).text == (
        "# 铁路通车\n\n## 背景\n\n第一段。\n\n- 甲\n\n1. 乙\n\n| 项目 | 数值 |\n| 营收 | 12.5 |"
    )
