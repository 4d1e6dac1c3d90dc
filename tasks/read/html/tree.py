"""A page as a tree of elements, repaired as HTML5 says, without what nobody sees."""

import re

from lxml import etree, html

from models.records import QuarantineReason
from tasks.read.html.hidden import drop_hidden
from tasks.read.unusable import UnusableError

#: HTML5 ignores these end tags and goes on; libxml2 would drop what follows.
_END_OF_PAGE = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
#: Characters, raw or by number, that a tree cannot hold and nobody sees.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]"
    r"|&#0*(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])(?:;|(?!\d))"
    r"|&#x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef])(?:;|(?![0-9a-f]))",
    re.IGNORECASE,
)
#: Formatting that pages forget to close, hundreds of times over.
_FORMATTING = re.compile(
    r"</?(?:font|b|i|u|s|em|strong|span|big|small|center|nobr|tt)(?:\s[^<>]*)?>", re.IGNORECASE
)
#: Never text of the page: code, controls, and media with their stand-ins.
_NO_TEXT = """
script style noscript template svg canvas iframe object embed applet audio video select option
textarea button input datalist progress meter rt rp link base
"""


def parse_page(text: str) -> html.HtmlElement:
    """The root element of a page.

    Raises :class:`UnusableError`: UNSAFE when elements are nested beyond all measure, NO_TEXT when
    there is no element at all.
    """
    repaired = _CONTROL.sub("", _END_OF_PAGE.sub("", text))
    root, whole = _parse(repaired)
    if not whole:
        root, whole = _parse(_FORMATTING.sub("", repaired))
    if not whole:
        raise UnusableError(QuarantineReason.UNSAFE, "elements nested more than 2,000 deep")
    return root


def _parse(text: str) -> tuple[html.HtmlElement, bool]:
    """The tree, and whether the parser read to the end."""
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        raise UnusableError(QuarantineReason.NO_TEXT, "an empty page") from None
    limits = etree.ErrorTypes.ERR_RESOURCE_LIMIT
    return root, all(error.type != limits for error in parser.error_log)


def visible_body(root: html.HtmlElement, *, by_sheet: bool = True) -> html.HtmlElement:
    """The body, changed in place: without code, controls and hidden elements.

    ``by_sheet``: what the page's own style sheet hides is hidden, too. A page in frames has no
    body of its own; then it is the root.
    """
    drop_hidden(root, by_sheet=by_sheet)
    body = root.find("body")
    if body is None:
        body = root
    for element in list(body.iter(*_NO_TEXT.split())):
        drop(element)
    for inner in list(body.iterdescendants("body", "html")):  # a second page pasted in
        inner.tag = "div"
    return body


def drop(element: html.HtmlElement) -> None:
    """Takes an element out and leaves the text after it."""
    if element.getparent() is not None:
        element.drop_tree()
