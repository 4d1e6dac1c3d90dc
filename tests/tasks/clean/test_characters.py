"""Entities, widths, blanks, invisible characters, left-over markup, wrong decoding."""

import pytest

from models.records import RemovalReason
from tests.tasks.clean.ledger import assert_accounted, cleaned, texts


def one(text: str) -> str:
    draft = cleaned(text)
    assert_accounted(draft, text)
    (found,) = texts(draft)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("营收１２，８００万元", "营收12,800万元"),
        ("会议２０：３０开始，共１，２，３三项", "会议20:30开始，共1，2，3三项"),
        ("增长３．５％，约５０％", "增长3.5%，约50%"),
        ("网址ｗｗｗ．ｅｘａｍｐｌｅ．ｃｏｍ。", "网址www.example.com。"),
        ("型号ＡＢＣ－１２３", "型号ABC-123"),
        ("价格1，000元", "价格1，000元"),  # ASCII digits are never touched
        ("他说：（好）。", "他说：（好）。"),
        ("see http://a.example/b?c=1&copy=2 now", "see http://a.example/b?c=1&copy=2 now"),
        ("12:30, 1,000 and 3.5% stay", "12:30, 1,000 and 3.5% stay"),
    ],
)
def test_widths(text: str, expected: str) -> None:
    assert one(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("R&amp;D and AT&T;", "R&D and AT&T;"),
        ("&#8220;yes&#8221; &ldquo;no&rdquo; &quot;so&quot;", '“yes” “no” "so"'),
        ("a&nbsp;&nbsp;b&amp;nbsp;c", "a b c"),
        ("x &lt; y &gt; z", "x < y > z"),
        ("&unknown; stays", "&unknown; stays"),
        ("&#0;bad", "bad"),
    ],
)
def test_entities(text: str, expected: str) -> None:
    assert one(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wo\u200brd and co\u00adoperate\ufeff", "word and cooperate"),
        ("a\u202ab\u202c c", "ab c"),
        ("a\xa0\xa0b\u3000c\u2028d", "a b c d"),
        ("family \U0001f468\u200d\U0001f469 here", "family \U0001f468\u200d\U0001f469 here"),
        ("control\x07 char\x00acter", "control character"),
        ("经 济 日 报 记者", "经济日报 记者"),
        ("一 二 三 四 五", "一 二 三 四 五"),
    ],
)
def test_blanks_and_invisible_characters(text: str, expected: str) -> None:
    assert one(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a <b>bold</b> word<br />", "a bold word"),
        ("H<sub>2</sub>O", "H2O"),
        ("[caption id=1]the picture[/caption]", "the picture"),
        ("before {{ ad }} after", "before after"),
        ("if 3 < 4 and 5 > 2 [sic] then", "if 3 < 4 and 5 > 2 [sic] then"),
        ("before <!-- hidden --> after", "before after"),
        ("a [b]bold[/b] and an [I]oblique[/I] word", "a bold and an oblique word"),
        # An editor's brackets and a program's index are no shortcodes.
        ("“[I] was wrong,” he said of list[i].", "“[I] was wrong,” he said of list[i]."),
        ("a<script>var x = 1;</script> b", "a b"),
        ("&lt;b&gt;escaped&lt;/b&gt; tags", "escaped tags"),
    ],
)
def test_left_over_markup(text: str, expected: str) -> None:
    assert one(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("â€œqualityâ€\x9d and â€™s", "“quality” and ’s"),
        ("he calls it â€œqualityâ€ now", "he calls it “quality” now"),
        ("ä¸­æ–‡ is Chinese", "中文 is Chinese"),
        ("RenÃ©e Ã\xa0 Paris", "Renée à Paris"),
        ("ÖÐÎÄÐÂÎÅ", "中文新闻"),
        ("René à Paris, naïve façade", "René à Paris, naïve façade"),
        ("涓枃鏂伴椈鐨勬爣棰樺拰姝ｆ枃", None),
    ],
)
def test_wrong_decoding(text: str, expected: str | None) -> None:
    if expected is None:
        expected = "中文新闻的标题和正文"
        text = expected.encode().decode("gb18030")
    assert one(text) == expected


def test_lost_text_is_removed_and_only_that() -> None:
    text = "锟斤拷锟斤拷锟斤拷\n\n价格上涨了\ufffd\ufffd三成，他说。\n"
    draft = cleaned(text)
    assert_accounted(draft, text)
    lost = [removal for removal in draft.removals if removal.reason is RemovalReason.UNREADABLE]
    assert len(lost) == 2
    assert texts(draft) == ["价格上涨了三成，他说。"]
