"""How much a text says, and whether it is running prose: what several rules mean by "body"."""

#: Weight of a paragraph that no heading, caption or line of front matter usually has.
BODY_WEIGHT = 80

_END = frozenset(".。!！?？…\"”’'」』)）:：")


def weight(text: str) -> int:
    """How much a text says, whatever its script: its bytes in UTF-8.

    A Chinese character takes three, and says about what three letters and a half say in English.

    >>> weight("three"), weight("三")
    (5, 3)
    """
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def is_prose(text: str) -> bool:
    """Whether a text is as long as a sentence of the body, and ends like one.

    >>> is_prose("Heading"), is_prose("这是一句足够长的正文，有主语，有谓语，以句号结束，完整。")
    (False, True)
    >>> is_prose("“我们不会容忍监狱里发生暴力事件，会把责任人移交给警方。“")
    True
    """
    # No character weighs less than one. A quotation mark may be turned the wrong way.
    ends = text[-1:] in _END or (text[-1:] == "“" and text[-2:-1] in _END)
    return ends and (len(text) >= BODY_WEIGHT or weight(text) >= BODY_WEIGHT)


def mostly_chinese(text: str) -> bool:
    """Whether the start of a text has more Chinese characters than Latin words, about.

    >>> mostly_chinese("Lantern公司得以访问数据"), mostly_chinese("one word 安心 only")
    (True, False)
    """
    start = text[:400]
    wide = (weight(start) - len(start)) // 2
    return wide * 6 > len(start) - wide
