"""Live stock quotes that a page sets behind the names of companies: ``Name(00700.HK) +1.35%``."""

import re
from collections.abc import Sequence

from models.records import DraftBlock, Removal, RemovalReason
from models.revise import trim
from tasks.blocks.surgery import Excision, excise

_CODE = (
    r"(?:\d{4,6}[.\-](?:HK|SH|SZ|SS|BJ|TW|T|KS)|(?:SH|SZ|HK|US|NASDAQ|NYSE|SSE|SZSE|HKEX)\s?[:：.]\s?[A-Z0-9.]{1,8}"
    r"|[A-Z]{1,5}(?:\.(?:US|O|N|HK|SH|SZ))?)"
)
_QUOTE = re.compile(
    rf"\s?[(（\[]\s?{_CODE}\s?[)）\]]\s?(?:[\d,]+\.\d+\s?)?[+\-−▲▼↑↓]\s?\d+\.\d+\s?%"
    r"|[(（]\s?\d+(?:\.\d+)?, [+\-]?\d+(?:\.\d+)?, [+\-]?\d+(?:\.\d+)?%\s?[)）]"
    r"|\s?[(（\[【]\s?(?:[\d,]+\.\d+\s)?[+\-−▲▼↑↓]\s?\d+\.\d+\s?%(?:\s(?:资金|研报|股吧|行情|走势|诊股)){1,4}\s?[)）\]】]"
    rf"|\s?[(（\[]\s?{_CODE}\s?[,，]?\s?(?:[\d,]+\.\d+\s?[,，]?\s?)?[+\-−▲▼↑↓]\s?\d+\.\d+\s?%\s?[)）\]]"
)


def cut_stock_quotes(source: str, block: DraftBlock) -> tuple[DraftBlock, list[Removal]]:
    """``block`` without the quotes; a code in brackets without a quote stays.

    The signed per-cent figure directly behind the code is what no sentence has.
    """
    text = block.text.text
    if "%" not in text:
        return block, []
    cuts: Sequence[Excision] = [
        Excision(m.start(), m.end(), RemovalReason.BOILERPLATE, "stock_quote")
        for m in _QUOTE.finditer(text)
    ]
    if not cuts:
        return block, []
    cleaned, removals = excise(source, block.text, cuts)
    return DraftBlock(block.kind, trim(cleaned), block.label), removals
