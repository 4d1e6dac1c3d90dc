"""Making text fit for a file format, losing as little as the format allows."""

import re

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# Everything that some reader takes for the end of a line or a column, or refuses: C0 controls,
# DEL, C1 controls (U+0085 among them), the line and paragraph separators.
_NOT_IN_A_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# https://www.w3.org/TR/xml/#charsets; the discouraged C1 controls go too, but U+0085 is text.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
# https://owasp.org/www-community/attacks/CSV_Injection, with the full-width forms that East Asian
# spreadsheets take for the same; blanks before them do not protect.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
_GUARD = "'"


def storable(text: str) -> str:
    """``text`` with lone surrogates, which UTF-8 cannot hold, as U+FFFD."""
    if text.isprintable():  # much faster than the search, and true for almost every text
        return text
    return _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    r"""``text`` as one line of one column, for every reader: line ends, tabs and control characters
    are blanks.

    >>> one_line("a\u2028b\tc\x85d")
    'a b c d'
    """
    return text if text.isprintable() else _NOT_IN_A_LINE.sub(" ", storable(text))


def xml_text(text: str) -> str:
    r"""``text`` without the characters that XML 1.0 does not allow.

    >>> xml_text("a\x00b\u2028c")
    'ab\u2028c'
    """
    return text if text.isprintable() else _NOT_IN_XML.sub("", storable(text))


def guard_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    A text that begins like a formula, or with an apostrophe, gets an apostrophe in front;
    :func:`unguard_cell` gives the text back.

    >>> guard_cell("=1+1"), guard_cell("plain"), guard_cell("'tis")
    ("'=1+1", 'plain', "''tis")
    """
    return _GUARD + text if text.startswith(_GUARD) or _FORMULA.match(text) else text


def unguard_cell(cell: str) -> str:
    """The text of a guarded cell: without its first apostrophe, if it begins with one.

    >>> unguard_cell("'=1+1"), unguard_cell("plain"), unguard_cell("''tis")
    ('=1+1', 'plain', "'tis")
    """
    return cell.removeprefix(_GUARD)
