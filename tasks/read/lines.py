"""Text of one element with forced line breaks, as paragraphs."""

import re

_INDENT = re.compile(r"[ \t\xa0]*\u3000|[ \t\xa0]{2,}")
_SENTENCE_END = "。！？…：；”’」』）】》.!?:;\"')]"
_BLANKS = re.compile(r"[ \t\r\f\v]+")


def paragraphs_of(text: str) -> list[str]:
    r"""The paragraphs of ``text``, in which a newline is a forced break (``<br>``, Shift+Enter).

    A break ends a paragraph, as nearly all pages use it; only a line that stops in mid-sentence
    before a lower-case Latin word was wrapped by hand and goes on. Blanks are collapsed.

    >>> paragraphs_of("　　第一段。\n　　第二段。\n\nIt was wrapped\nby hand.")
    ['第一段。', '第二段。', 'It was wrapped by hand.']
    """
    paragraphs: list[str] = []
    open_line = False  # the last paragraph may go on
    for line in text.split("\n"):
        shown = _BLANKS.sub(" ", line).strip()
        if not shown:
            open_line = False
            continue
        goes_on = "a" <= shown[0] <= "z" and _INDENT.match(line) is None
        if open_line and goes_on:
            paragraphs[-1] += " " + shown
        else:
            paragraphs.append(shown)
        open_line = shown[-1] not in _SENTENCE_END
    return paragraphs
