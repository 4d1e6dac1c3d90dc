"""Marks at the end of a sentence: what belongs to them, and which way a quotation mark faces."""

import re

#: Marks that close something and stay with the sentence before them.
CLOSING = "”’」』）】》〉〕］｝»›)\\]}"
#: Marks that open something.
OPENING = "“‘「『（【《〈〔［｛«‹(\\[{"

_CLOSERS = re.compile(rf"(?:[{CLOSING}*_]|\[[0-9]{{1,3}}\]|［[0-9]{{1,3}}］|[⁰¹²³⁴-⁹])+")
_APART = re.compile(r"[ \t\u00a0\u3000]{1,4}(?:[”」』]+|(\")(?=\s|\Z)|['’](?=\s|\Z))")


class Marks:
    """The marks of one text, read from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._counts = dict.fromkeys('"“”', 0)
        self._counted = 0

    def after_closers(self, at: int) -> int:
        """Where the closing quotes, brackets and footnote marks that follow ``at`` end.

        A quote that stands apart (``China? "``) is taken too, when it is the last mark of the text
        or one is open. Must be asked with growing positions.
        """
        text = self._text
        following = text[at : at + 2]
        if "\u3400" <= following <= "\u9fff" or (following[:1] == " " and following[1:].isalnum()):
            return at  # a word follows, as nearly always
        while at < len(text):
            if text[at] in "\"'":
                if not self._closes(at):
                    break
                at += 1
            elif match := _CLOSERS.match(text, at):
                at = match.end()
            else:
                break
        match = _APART.match(text, at)
        if match is None or (match[1] and match.end() < len(text) and not self._is_open(at)):
            return at
        return match.end()

    def _closes(self, at: int) -> bool:
        """Whether the straight quote at ``at``, right after an end mark, closes.

        It does unless a word touches it; then one must be open (``"free."Dylan``).
        """
        after = self._text[at + 1 : at + 2]
        return not after.isalnum() or (self._text[at] == '"' and self._is_open(at))

    def _is_open(self, at: int) -> bool:
        """Whether a double quote is open before ``at``: an odd number of straight ones, or more
        opening than closing ones.
        """
        for mark in self._counts:
            self._counts[mark] += self._text.count(mark, self._counted, at)
        self._counted = max(self._counted, at)
        return self._counts['"'] % 2 == 1 or self._counts["“"] > self._counts["”"]
