import io
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from models.records import QuarantineReason
from tasks.read import ReadSettings
from tests.tasks.read.helpers import document, read_bytes, reason


def pdf(*pages: list[str], info: str = "") -> bytes:
    """A PDF with lines of text on each page; any character, by a font with a ToUnicode map."""
    chars = sorted({char for lines in pages for line in lines for char in line})
    codes = {char: index + 1 for index, char in enumerate(chars)}
    mapping = "\n".join(f"<{codes[c]:04x}> <{c.encode('utf-16-be').hex()}>" for c in chars)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(chars)} beginbfchar\n{mapping}\nendbfchar endcmap end end"
    )
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append(
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H "
        "/DescendantFonts [5 0 R] /ToUnicode 4 0 R >>"
    )
    objects.append(f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream")
    objects.append(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 1000 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    for index, lines in enumerate(pages):
        shown = "".join(
            f"<{''.join(f'{codes[c]:04x}' for c in line)}> Tj 0 -20 Td\n" for line in lines
        )
        content = f"BT /F1 12 Tf 50 700 Td\n{shown}ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {7 + 2 * index} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    objects.append(f"<< {info} >>")
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += "".join(f"{offset:010d} 00000 n \n" for offset in offsets).encode()
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>"
    out += f"trailer\n{trailer}\nstartxref\n{table}\n%%EOF".encode()
    return bytes(out)


def test_pages_are_joined_by_a_form_feed(tmp_path: Path) -> None:
    content = pdf(["铁路明年通车。", "The railway opens."], ["第二页。"])
    result = document(read_bytes(tmp_path, "a.pdf", content))
    assert result.text == "铁路明年通车。\nThe railway opens.\n\f\n第二页。"
    assert (result.markdown, result.extracted) == (False, True)
    assert result.hints.how == "pdf"


def test_properties_are_hints(tmp_path: Path) -> None:
    content = pdf(["text"], info="/Title (The railway) /Author (Wang Qiang)")
    hints = document(read_bytes(tmp_path, "a.pdf", content)).hints
    assert (hints.title, hints.authors, hints.published) == ("The railway", ("Wang Qiang",), None)


def test_scanned_pages_have_no_text(tmp_path: Path) -> None:
    assert reason(read_bytes(tmp_path, "a.pdf", pdf([], []))) is QuarantineReason.NO_TEXT


@pytest.mark.parametrize(("password", "readable"), [("", True), ("secret", False)])
def test_an_encrypted_file_is_read_only_when_it_needs_no_password(
    tmp_path: Path, password: str, readable: bool
) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(["text"]))))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    result = read_bytes(tmp_path, "a.pdf", buffer.getvalue())
    if readable:
        assert document(result).text == "text"
    else:
        assert reason(result) is QuarantineReason.UNREADABLE


def test_limits_on_pages_and_text(tmp_path: Path) -> None:
    content = pdf(["one"], ["two"], ["three"])
    few = ReadSettings(max_pdf_pages=2)
    assert reason(read_bytes(tmp_path, "a.pdf", content, few)) is QuarantineReason.TOO_LARGE
    little = ReadSettings(max_document_bytes=5)
    assert reason(read_bytes(tmp_path, "a.pdf", content, little)) is QuarantineReason.TOO_LARGE


def test_broken_files_are_unreadable_and_say_nothing_on_the_way(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    whole = pdf(["text"] * 5, ["more"] * 5)
    damaged = [whole[:300], whole.replace(b"/Kids", b"/Kinds"), b"%PDF-1.4\n" + b"x" * 500]
    damaged += [whole[:at] + b"\xff" * 20 + whole[at + 20 :] for at in range(20, len(whole), 97)]
    for content in damaged:
        read_bytes(tmp_path, "a.pdf", content)
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("", "")
