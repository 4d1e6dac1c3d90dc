"""Which elements of a page nobody sees, by its markup alone (no script is run, nothing fetched)."""

import re
from collections.abc import Iterator
from functools import cached_property

from lxml import html

from tasks.read.html.furniture import BODY_NAMES, HIDDEN_NAMES

#: Declarations that hide, in a style without blanks and in lower case.
_HIDING = re.compile(
    r"(?:^|[;{])(?:"
    r"display:none|visibility:(?:hidden|collapse)|opacity:0?\.?0*(?=[;!}]|$)"
    r"|font-size:0(?:\.0+)?(?:px|pt|em|rem|%)?(?=[;!}]|$)"
    r"|text-indent:-\d{3,}|(?:margin-)?(?:left|top|right):-\d{4,}px"
    r"|clip:rect\(0|clip-path:inset\(50%|clip-path:inset\(100%"
    r")"
)
_NO_SIZE = re.compile(r"(?:^|[;{])(?:max-)?(?:height|width):[01](?:px)?(?=[;!}]|$)")
#: A selector for one class or id.
_SIMPLE = re.compile(r"[a-z]*([.#][\w-]+)", re.IGNORECASE)
_CSS_COMMENT = re.compile(r"/\*(?:.*?\*/|.*)", re.DOTALL)
#: Names that hide where the style sheet is not at hand; text of this size is left alone.
_MAYBE_HIDDEN = frozenset(("hidden", "hide"))
_FEW = 400
#: The body is no smaller than this part of a page.
_LEAST = 5


def hides(style: str) -> bool:
    """Whether a style attribute, or the body of a rule, makes an element invisible.

    >>> hides("color: red; display : none"), hides("position:absolute; left:-9999px")
    (True, True)
    >>> hides("opacity: 0.5"), hides("border: none; display: block")
    (False, False)
    """
    compact = "".join(style.split()).lower()
    if _HIDING.search(compact):
        return True
    return "overflow:hidden" in compact and _NO_SIZE.search(compact) is not None


def drop_hidden(root: html.HtmlElement, *, by_sheet: bool = True) -> None:
    """Takes hidden elements out of a page, in place.

    What a style sheet hides (``by_sheet``) stays when it holds most of the page's text: a script
    shows it later.
    """
    sizes = _Sizes(root)
    selectors = _hidden_selectors(root) if by_sheet else frozenset()
    pending = [root]
    while pending:
        element = pending.pop()
        if not isinstance(element.tag, str):
            continue
        outer = element.tag in ("html", "body", "head")
        if not outer and _is_hidden(element, selectors, sizes):
            element.drop_tree()
        else:
            pending += element


class _Sizes:
    """How much text a page and its elements have, before anything is taken out."""

    def __init__(self, root: html.HtmlElement) -> None:
        self.text = _text_sizes(root)
        self.total = self.text[root]
        self.root = root

    @cached_property
    def paragraphs(self) -> dict[html.HtmlElement, int]:
        """Characters in the paragraphs of every element, itself among them."""
        sizes: dict[html.HtmlElement, int] = {}
        for element in reversed(list(self.root.iter())):
            if element.tag == "p":
                sizes[element] = self.text[element]
            parent = element.getparent()
            if parent is not None:
                sizes[parent] = sizes.get(parent, 0) + sizes.get(element, 0)
        return sizes


def _is_hidden(element: html.HtmlElement, selectors: frozenset[str], sizes: _Sizes) -> bool:
    attributes = element.attrib
    if not attributes:
        return False
    if "hidden" in attributes or (element.tag == "dialog" and "open" not in attributes):
        return True
    style = attributes.get("style")
    if style and hides(style):
        return not _awaits_a_script(element, sizes)
    size = sizes.text[element]
    classes = (attributes.get("class") or "").split()
    responsive = any(":" in name for name in classes)  # names that hold for some window sizes
    if size < _FEW and not responsive and not _MAYBE_HIDDEN.isdisjoint(map(str.lower, classes)):
        return True
    names = {f".{name}" for name in classes} | {f"#{attributes.get('id') or ''}"}
    hidden = any(name in HIDDEN_NAMES for name in classes)
    return (hidden or not selectors.isdisjoint(names)) and size < sizes.total / 2


def _awaits_a_script(element: html.HtmlElement, sizes: _Sizes) -> bool:
    """Whether an element is the body of the article, which a script shows when it has asked who is
    reading: it is called so, and has more text in paragraphs than all of the page beside it.
    """
    called = " ".join(element.get(key) or "" for key in ("class", "id", "itemprop")).split()
    names = {name.lower().replace("-", "").replace("_", "") for name in called}
    size = sizes.text[element]
    if names.isdisjoint(BODY_NAMES) or size < _FEW or _LEAST * size < sizes.total:
        return False
    return 2 * sizes.paragraphs.get(element, 0) > sizes.paragraphs[sizes.root]


def _hidden_selectors(root: html.HtmlElement) -> frozenset[str]:
    """Classes and ids that a style sheet of the page hides, whatever the size of the window."""
    selectors: set[str] = set()
    for sheet in root.iter("style"):
        if sheet.get("media", "all").strip().lower() in ("all", "screen", ""):
            for names, body in _rules(sheet.text or ""):
                if hides(body):
                    found = [_SIMPLE.fullmatch(name.strip()) for name in names.split(",")]
                    selectors |= {match[1] for match in found if match}
    return frozenset(selectors)


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Selector and body of every rule that stands outside ``@media`` and the like.

    >>> list(_rules("a{x}@media print{.b{y}} .c,.d{z}"))
    [('a', 'x'), ('.c,.d', 'z')]
    """
    depth = 0
    selector = ""
    for part in re.split(r"(?<=[{}])", _CSS_COMMENT.sub("", css)):
        if part.endswith("{"):
            depth += 1
            if depth == 1:
                selector = part[:-1].rpartition(";")[2].strip()
        elif part.endswith("}"):
            if depth == 1 and not selector.startswith("@"):
                yield selector, part[:-1]
            depth = max(depth - 1, 0)


def _text_sizes(root: html.HtmlElement) -> dict[html.HtmlElement, int]:
    """Characters of text in every element, blanks and code left out."""
    sizes: dict[html.HtmlElement, int] = {}
    for element in reversed(list(root.iter())):
        code = element.tag in ("script", "style", "noscript", "template")
        own = 0 if code or not element.text else len("".join(element.text.split()))
        sizes[element] = own + (0 if code else sizes.get(element, 0))
        parent = element.getparent()
        if parent is not None:
            tail = len("".join(element.tail.split())) if element.tail else 0
            sizes[parent] = sizes.get(parent, 0) + sizes[element] + tail
    return sizes
