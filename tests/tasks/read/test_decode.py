import codecs
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.records import QuarantineReason
from tasks.read.decode import decode
from tasks.read.unusable import UnusableError
from tests.tasks.read.texts import ENGLISH, SIMPLIFIED, TRADITIONAL

# Some Simplified characters have no place in Big5, some Latin ones none in GB18030's short forms.
SCRIPTS = {
    "utf-8": SIMPLIFIED + TRADITIONAL + ENGLISH,
    "utf-16-le": SIMPLIFIED + TRADITIONAL + ENGLISH,
    "utf-16-be": SIMPLIFIED + TRADITIONAL + ENGLISH,
    "utf-16": SIMPLIFIED + TRADITIONAL + ENGLISH,
    "utf-8-sig": SIMPLIFIED + TRADITIONAL + ENGLISH,
    "utf-32": SIMPLIFIED + ENGLISH,
    "gb18030": SIMPLIFIED + TRADITIONAL,
    "gbk": SIMPLIFIED,
    "gb2312": tuple(text for text in SIMPLIFIED if "—" not in text),
    "big5": tuple(text for text in TRADITIONAL if "１" not in text),
    "big5hkscs": TRADITIONAL,
    "cp950": TRADITIONAL,
    "cp1252": ENGLISH,
}


@pytest.mark.parametrize("encoding", SCRIPTS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_the_text_comes_back_whatever_its_encoding(encoding: str, data: st.DataObject) -> None:
    sentences = data.draw(st.lists(st.sampled_from(SCRIPTS[encoding]), min_size=1, max_size=30))
    joint = data.draw(st.sampled_from(["", "\n", "\r\n", "\n\n", " "]))
    text = joint.join(sentences)
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["gb18030", "big5hkscs", "utf-16-le", "utf-16-be"])
def test_a_short_clause_is_enough(encoding: str) -> None:
    for text in TRADITIONAL if encoding == "big5hkscs" else SIMPLIFIED:
        decoded = decode(text[:9].encode(encoding))
        assert decoded.text == text[:9]
        assert decoded.encoding == encoding


def test_four_byte_characters_of_gb18030() -> None:
    text = "他姓㐂，住在𠮷野村。" + SIMPLIFIED[0]
    decoded = decode(text.encode("gb18030"))
    assert decoded.text == text
    assert decoded.encoding == "gb18030"


def test_hong_kong_characters() -> None:
    text = "佢哋喺度食嘢，我哋都係噉話嘅。" + TRADITIONAL[0]
    assert decode(text.encode("big5hkscs")).text == text


def test_only_the_stray_bytes_of_a_utf8_file_suffer() -> None:
    before, after = "\n".join(SIMPLIFIED), "\n".join(TRADITIONAL)
    decoded = decode(before.encode() + b"\xff\xfe\x80" + after.encode())
    assert decoded.text == before + "\ufffd" * 3 + after
    assert decoded.encoding == "utf-8"
    assert 0.9 < decoded.confidence < 1


def test_a_stretch_of_gbk_in_a_utf8_file_does_not_take_the_rest_along() -> None:
    good = "\n".join(SIMPLIFIED * 3)
    decoded = decode(good.encode() + "\n广告\n".encode("gbk") + good.encode())
    assert decoded.text.startswith(good)
    assert decoded.text.endswith(good)


def test_a_file_cut_in_the_middle_of_a_character() -> None:
    text = "\n".join(SIMPLIFIED)
    assert decode(text.encode()[:-1]).text.rstrip("\ufffd") == text[:-1]


def test_one_byte_of_windows_1252_in_plain_english() -> None:
    decoded = decode(b"It\x92s a small change.")
    assert decoded.text == "It’s a small change."
    assert decoded.encoding == "cp1252"


def test_a_stray_byte_of_gb18030_spoils_at_most_its_line() -> None:
    lines = [text.encode("gb18030") for text in SIMPLIFIED * 4]
    lines[9] = lines[9][:11] + b"\xff" + lines[9][11:]
    decoded = decode(b"\n".join(lines))
    assert decoded.encoding == "gb18030"
    read = decoded.text.split("\n")
    assert [line for i, line in enumerate(read) if i != 9] == [
        line for i, line in enumerate(SIMPLIFIED * 4) if i != 9
    ]


def test_line_ends_stay_as_they_are() -> None:
    text = "一\r\n二\r三\n四\u2028五\x85六\x0b七" * 4
    assert decode(text.encode()).text == text


def test_marks_are_no_text() -> None:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        decoded = decode(mark + "经济".encode(encoding))
        assert (decoded.text, decoded.encoding, decoded.confidence) == ("经济", encoding, 1.0)


def test_half_a_character_at_the_end_of_utf16_is_marked() -> None:
    assert decode(codecs.BOM_UTF16_LE + "经济".encode("utf-16-le") + b"\x41").text == "经济\ufffd"


def test_a_few_nuls_are_characters_of_the_text() -> None:
    text = SIMPLIFIED[0] + "\0" + SIMPLIFIED[1] + "\0\0"
    assert decode(text.encode()).text == text
    assert decode(b"a\0b and more text").text == "a\0b and more text"


@pytest.mark.parametrize("data", [b"\0" * 100, bytes(range(32)) * 20, b"\x01\x02\x03text" * 50])
def test_many_control_characters_are_no_text(data: bytes) -> None:
    with pytest.raises(UnusableError) as caught:
        decode(data)
    assert caught.value.reason is QuarantineReason.BINARY


def test_bytes_that_fit_no_encoding() -> None:
    data = bytes(Random(1).choices(range(0x80, 0x100), k=4000))
    with pytest.raises(UnusableError) as caught:
        decode(data)
    assert caught.value.reason is QuarantineReason.BAD_ENCODING


def test_doubt_is_recorded_for_a_very_short_text() -> None:
    short, long = decode("中文".encode("gb18030")), decode("".join(SIMPLIFIED).encode("gb18030"))
    assert short.text == "中文"
    assert short.confidence < long.confidence == 1.0
    assert short.alternatives
    assert "gb18030" not in short.alternatives


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("大臣は今日、東京で記者会見を開いた。質問が多かったという。", "cp932"),
        ("大臣は今日、東京で記者会見を開いた。質問が多かったという。", "euc_jp"),
        ("정부는 오늘 새로운 경제 정책을 발표했다. 시장은 환영하는 분위기다.", "cp949"),
    ],
)
def test_neighbouring_languages_are_known_for_what_they_are(text: str, encoding: str) -> None:
    # They must not be taken for odd Chinese, so that their language can be told.
    assert decode(text.encode(encoding)).text == text


def test_what_a_page_declares_is_believed_only_when_plausible() -> None:
    text = "".join(SIMPLIFIED)
    assert decode(text.encode(), "gb2312").text == text
    assert decode(text.encode("gb18030"), "utf-8").text == text
    assert decode(text.encode("gb18030"), "big5").text == text
    assert decode("«Ja», sa hän.".encode("cp1252"), "iso-8859-1").text == "«Ja», sa hän."
    assert decode(text.encode(), "no-such-charset").text == text


def test_a_long_file_is_judged_by_its_lines_that_are_not_ascii() -> None:
    text = "plain words\n" * 20_000 + "\n".join(SIMPLIFIED) + "\nplain words" * 20_000
    decoded = decode(text.encode("gb18030"))
    assert decoded.text == text
    assert decoded.encoding == "gb18030"


@given(st.binary(max_size=300), st.none() | st.sampled_from(["gbk", "utf-8", "big5", "utf-16"]))
def test_any_bytes_give_a_text_or_a_reason(data: bytes, declared: str | None) -> None:
    try:
        decoded = decode(data, declared)
    except UnusableError:
        return
    assert decoded == decode(data, declared)
    assert 0 <= decoded.confidence <= 1
    decoded.text.encode()  # no lone surrogates


@pytest.mark.parametrize(
    "foreign",
    [
        "Владимир Путин",
        "Ελλάδα και",
        "Πλάτων",
        "نرخ برابری",
        "नरेन्द्र मोदी",
        "Łódź, Kraków, Gdańsk, Wrocław, śćż",
        "−5, −6, −7, −8, −9, −10, −11, −12, −13",
        "Đoković",
    ],
)
def test_a_few_foreign_letters_leave_utf8_what_it_is(foreign: str) -> None:
    # An English page with 8 to 19 such characters was refused, or read as Korean.
    text = "The minister spoke of it on Tuesday at length. " * 10 + foreign
    decoded = decode(text.encode())
    assert decoded.text == text
    assert decoded.encoding == "utf-8"


@settings(max_examples=200, deadline=None)
@given(
    st.text(st.characters(min_codepoint=0x20, exclude_categories=["Cs", "Cc"]), min_size=8),
    st.sampled_from(ENGLISH),
)
def test_valid_utf8_with_eight_characters_beyond_ascii_is_utf8(text: str, around: str) -> None:
    foreign = "".join(char for char in text if char > "\x7f" and char != "\ufffd")
    text = around + " " + foreign
    if len(set(foreign)) >= 8:
        assert decode(text.encode()).text == text
