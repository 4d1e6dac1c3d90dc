"""Document text as a browser can show it. Escaping is the templates' work."""

import re

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")


def shown(text: str, *, blanks: bool = False) -> str:
    r"""``text`` with pictures for control characters, which HTML cannot hold.

    With ``blanks``, also names for characters that show nothing: what was removed is often just
    these.

    >>> shown("a\x00b\x85c")
    'a␀b␤c'
    >>> shown("a\u200bb", blanks=True)
    'a[U+200B]b'
    """
    if text.isprintable():
        return text
    text = _CONTROL.sub(_picture, text)
    return _UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text) if blanks else text


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\N{SYMBOL FOR DELETE}"
    if code in (0x85, 0x2028, 0x2029):
        return "\N{SYMBOL FOR NEWLINE}"
    return "\N{REPLACEMENT CHARACTER}"
