"""What holds for every text and every number."""

from types import ModuleType

from hypothesis import given
from hypothesis import strategies as st

from models.records import Lang
from tasks.numbers import chinese, english, keys, numbers
from tasks.numbers.numerals import value_of
from tasks.numbers.scan import scan

DIGITS = "零一二三四五六七八九"
PIECES = [
    *"0123456789一二两三十百千万亿点第年月日时分半成倍季世又个%‰.,，:：-/·至~ VQ$k'sſ",
    "million",
    " and ",
    "two",
    "half",
]
TEXTS = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from([*PIECES, "March", "percent", "third", "a ", "th", "百分之"]), max_size=25
    ).map("".join),
)


@given(TEXTS, st.sampled_from(list(Lang)))
def test_numbers_are_sorted_and_do_not_overlap(text: str, lang: Lang) -> None:
    end = 0
    for number in numbers(text, lang):
        assert end <= number.span[0] < number.span[1] <= len(text)
        assert number.key
        end = number.span[1]


HEADS = ["1", "12", "20", "2024", "13812345678", "1,000", "1.5", "010", "一", "两", "十五", "三十"]
#: What rules look for after a numeral, and what may stand between.
TAILS = [
    *"年月日点时成倍%‰季世又分半个天周岁万亿百-–—至./:·'’’ ,，sQkMBbT",
    *(" percent", "%", "-fold", " times", " million", " and a half", "th century", "st half"),
    *(
        "nd quarter",
        "rd",
        "ſt quarter",
        " p.m.",
        "am",
        " o'clock",
        " March",
        " of May",
        "th of June",
    ),
    *(
        " thirds",
        " in 5",
        "-ın-7",
        " to 9",
        "–9",
        " 至三",
        "世纪90年代",
        "财年",
        "个百分点",
        "分之一",
        "公里半",
    ),
    *(
        "小时半",
        "-1234-5678",
        " 1234 5678",
        ".2.3",
        "5G",
        "5GB",
        "nm",
        "月5日",
        "点半",
        "时30分",
        " bn",
    ),
]
PLACES = st.builds(
    "".join,
    st.lists(st.sampled_from(["a", "V", "$", " ", "第", "'", "the "]), max_size=1).flatmap(
        lambda before: st.builds(
            lambda head, tails: [*before, head, *tails],
            st.sampled_from(HEADS),
            st.lists(st.sampled_from([*TAILS, *HEADS]), max_size=4),
        )
    ),
)


@given(st.one_of(TEXTS, PLACES), st.sampled_from([chinese, english]))
def test_no_rule_is_kept_from_a_place_where_it_fits(text: str, language: ModuleType) -> None:
    begun = [at for at, ch in enumerate(text) if any(ch in rule.begins for rule in language.rules)]
    chosen = scan(text, begun, language.index.at)
    assert chosen == scan(text, begun, lambda text, at: tuple(language.rules))


def spelled(value: int) -> str:
    """A value from 1 to 99,999,999 in Chinese numerals, as it is read aloud."""
    high, low = divmod(value, 10_000)
    if high:
        return spelled(high) + "万" + (("零" if low < 1000 else "") + spelled(low) if low else "")
    out, gap = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, power)
        if digit:
            out += ("零" if gap else "") + DIGITS[digit] + unit
            gap = False
        elif out:
            gap = True
    return out


@given(st.integers(1, 99_999_999))
def test_every_chinese_numeral_has_its_value(value: int) -> None:
    assert value_of(spelled(value)) == value


@given(st.integers(2, 10**12))
def test_digits_with_and_without_separators_are_one_number(value: int) -> None:
    wide = str(value).translate({ord("0") + d: ord("０") + d for d in range(10)})
    forms = [
        (str(value), Lang.EN),
        (f"{value:,}", Lang.EN),
        (f"{value:,}", Lang.ZH),
        (wide, Lang.ZH),
    ]
    if not (len(str(value)) == 11 and str(value)[0] == "1"):  # a mobile number
        assert len({keys(form, lang) for form, lang in forms}) == 1


@given(st.integers(1, 9999), st.integers(0, 99))
def test_units_agree_across_languages(whole: int, part: int) -> None:
    figure = f"{whole}.{part:02}"
    assert keys(f"{figure}亿", Lang.ZH) == keys(f"{whole * 100 + part} million", Lang.EN)
    assert keys(f"百分之{figure}", Lang.ZH) == keys(f"{figure} percent", Lang.EN)


def test_work_grows_with_the_text_only() -> None:
    # Quadratic work would take minutes here; the test's own time limit would end it.
    for unit in (
        "1",
        "1,",
        "1-",
        "一",
        "万",
        "百分之",
        "two ",
        "a half ",
        "V1",
        "3月",
        "1亿",
        "March ",
        "1.1.",
    ):
        for lang in Lang:
            numbers(unit * 5_000, lang)
