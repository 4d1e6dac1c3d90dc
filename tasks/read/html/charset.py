"""The encoding that a page declares."""

import re

_XML = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
#: HTML5 looks at 1,024 bytes; Chinese pages often declare later.
_PRESCAN = 8192


def declared_charset(data: bytes) -> str | None:
    """The label in the page's XML declaration or first meta tag with a charset.

    >>> declared_charset(b'<meta http-equiv=x content="text/html; charset=gb2312">')
    'gb2312'
    """
    head = data[:_PRESCAN]
    found = _XML.match(head.lstrip()) or _META.search(head)
    return found[1].decode("ascii").lower() if found else None
