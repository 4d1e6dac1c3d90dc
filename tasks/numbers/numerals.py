"""Chinese numerals to values."""

import re
from decimal import Decimal

from tasks.numbers.values import scaled

DIGIT = {ch: value for value, ch in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
HAN = "〇零一二两三四五六七八九十"
_SMALL = {"十": 1, "百": 2, "千": 3}
_BIG = {"万": 4, "亿": 8}
_NO_VALUE = Decimal(-1)  # two in a row are no numeral

# Traditional forms of the characters that the rules know, and full-width signs.
_TRADITIONAL = (
    "０１２３４５６７８９％．：／－兩萬億點餘幾個時鐘鍾歲項條號幣歐鎊間層場屆"
    "隻輛臺種類國縣區紀後漲陞報數財學頁編課內員為長績錢達噸畝顆張處邊階環對雙"
    "戶塊圓匯聲門級隊組樓線領罰釐裡裏週"
)
_SIMPLIFIED = (
    "0123456789%.:/-两万亿点余几个时钟钟岁项条号币欧镑间层场届"
    "只辆台种类国县区纪后涨升报数财学页编课内员为长绩钱达吨亩颗张处边阶环对双"
    "户块圆汇声门级队组楼线领罚厘里里周"
)
FOLDED = dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True))
TO_FOLD = re.compile(f"[{_TRADITIONAL}]")


def positional(numeral: str) -> str | None:
    """Western digits for numerals read one by one (``二〇二五``); None with a unit among them."""
    digits = [DIGIT[ch] for ch in numeral if ch in DIGIT and ch != "两"]
    return "".join(map(str, digits)) if len(digits) == len(numeral) else None


_MORE_THAN = str.maketrans("", "", "多余来 ")


def value_of(numeral: str) -> Decimal | None:
    """The value of a Chinese numeral; Western digits may stand among the units.

    多, 余 and 来 ("more than", ``一百多万``) and blanks do not count.

    None for what is no well-formed numeral, such as the vague ``三五``.

    >>> value_of("一千零五十"), value_of("3万5千"), value_of("两万五"), value_of("三五")
    (Decimal('1050'), Decimal('35000'), Decimal('25000'), None)
    >>> value_of("1.2万亿"), value_of("三点一四"), value_of("一点二亿")
    (Decimal('1200000000000'), Decimal('3.14'), Decimal('120000000'))
    """
    numeral = numeral.translate(_MORE_THAN)
    total = section = Decimal(0)
    pending: Decimal | None = None  # the digit that waits for its unit
    last_unit = 0  # power of the unit before the pending digit, 0 after 零
    done = False  # a unit of ten thousand or more has been seen
    for token in _tokens(numeral):
        if isinstance(token, Decimal):
            if pending is not None:
                return None
            pending = token
        elif token == "零":
            if pending is not None:
                return None
            last_unit = 0
        elif token in _SMALL:
            power = _SMALL[token]
            if pending is None and not (token == "十" and section % 100 == 0):
                return None
            section += scaled(Decimal(1) if pending is None else pending, power)
            pending, last_unit = None, power
        else:
            power = _BIG[token]
            section += pending or 0
            if section == 0 and not done:
                return None
            if section == 0:  # 万亿
                total = scaled(total, power)
            elif power == 8:
                total, section = scaled(total + section, power), Decimal(0)
            else:
                total, section = total + scaled(section, power), Decimal(0)
            pending, last_unit, done = None, power, True
    if pending is not None:
        single = pending == pending.to_integral_value() and pending < 10
        section += scaled(pending, last_unit - 1) if last_unit >= 2 and single else pending
    return total + section


def _tokens(numeral: str) -> "list[Decimal | str]":
    """Digits as values, decimals as one value, units and 零 as characters."""
    out: list[Decimal | str] = []
    at = 0
    while at < len(numeral):
        ch = numeral[at]
        if ch in _SMALL or ch in _BIG:
            out.append(ch)
            at += 1
            continue
        end = at
        while end < len(numeral) and numeral[end] not in _SMALL and numeral[end] not in _BIG:
            end += 1
        out += _digits(numeral[at:end])
        at = end
    return out


def _digits(run: str) -> "list[Decimal | str]":
    """A stretch without units: a Western number, a spelled decimal, or single digits."""
    out: list[Decimal | str] = []
    if len(run) > 1 and run[0] in "零〇" and "点" not in run:
        out.append("零")
        run = run[1:]
    bare = run.replace(",", "").replace("，", "")
    if bare[0].isdigit():
        return [*out, Decimal(bare)]
    if "点" in run:
        whole, _, part = run.partition("点")
        left, figures = positional(whole) if whole else "0", positional(part)
        return [Decimal(f"{left}.{figures}")] if left and figures else [_NO_VALUE, _NO_VALUE]
    return [*out, *(Decimal(DIGIT[ch]) for ch in run)]
