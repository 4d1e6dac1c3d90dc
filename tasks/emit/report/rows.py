"""The rows of a section as HTML, made without a template: a report has millions of them.

Texts are escaped as the templates escape them (:func:`markupsafe.escape`).
"""

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup

from tasks.emit.report.view import Cell, Gone, Row, SentenceView


def rows_markup(rows: Iterable[Row]) -> Markup:
    """Rows as they stand in a section: those of pairs have two cells and a score."""
    return Markup("".join(map(_row, rows)))


def taken_out(gone: Gone, place: str) -> Markup:
    """What was taken out at a ``place``, ``inside`` a sentence or ``between`` two."""
    return Markup(_taken_out(gone, place))


def _row(row: Row) -> str:
    name = escaped(row.id)
    flagged = " data-flagged" if row.flags else ""
    out = [f'<div class="row{row.look}" id="b-{name}" data-row{flagged}>\n']
    if len(row.cells) == 2:
        title = f' title="{escaped(row.parts)}"' if row.parts else ""
        out.append(
            f'<div class="gutter"><a class="score w{row.tenths}" href="#b-{name}"{title}>'
            f"{row.percent}</a></div>\n"
        )
    for cell in row.cells:
        out.append(_cell_start(cell.tag, cell.origin))
        _add_sentences(out, cell)
        missing = f'<span class="missing" lang="en">{cell.missing}</span>' if cell.missing else ""
        out.append(f"{missing}</div>\n")
    if row.flags:
        out.append('<p class="flags">')
        for flag, detail in row.flags:
            about = f" <bdi>{escaped(detail)}</bdi>" if detail else ""
            out.append(f'<span class="flag">{escaped(flag)}</span>{about} ')
        out.append("</p>\n")
    out.append("</div>\n")
    return "".join(out)


@lru_cache(maxsize=64)
def _cell_start(tag: str, origin: str) -> str:
    return f'<div class="cell" lang="{escaped(tag)}" data-origin="{escaped(origin)}">'


def _add_sentences(out: list[str], cell: Cell) -> None:
    joint = " " if cell.tag == "en" else ""
    for sentence in cell.sentences:
        out.append(_sentence_start(sentence.look, sentence.level))
        if sentence.label:
            out.append(f'<b class="label">{escaped(sentence.label)}</b>')
        if sentence.stretches:
            _add_stretches(out, sentence)
        else:
            out.append(f'<span class="t">{escaped(sentence.text)}</span>')
        out.append(f"</span>{joint}")
        out += [_taken_out(gone, "between") for gone in sentence.after]


@lru_cache(maxsize=64)
def _sentence_start(look: str, level: int) -> str:
    role = f' role="heading" aria-level="{level}"' if level else ""
    return f'<span class="s{look}"{role}>'


def _add_stretches(out: list[str], sentence: SentenceView) -> None:
    for part in sentence.stretches:
        if part.gone:
            out.append(_taken_out(part.gone, "inside"))
        else:
            out.append(f'<span class="t">{escaped(part.text)}</span>')


def _taken_out(gone: Gone, place: str) -> str:
    reason = escaped(gone.reason)
    texts = " ".join(f"<s>{escaped(text)}</s>" for text in gone.texts)
    return (
        f'<del class="gone {place}" data-reason="{reason}"><span class="why" lang="en">{reason}'
        f"</span>{texts}</del>"
    )


def escaped(text: str) -> str:
    """A text as :func:`markupsafe.escape` has it, but for the type.

    >>> escaped('<a href="#">R&D</a>')
    '&lt;a href=&#34;#&#34;&gt;R&amp;D&lt;/a&gt;'
    """
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if "'" in text:
        text = text.replace("'", "&#39;")
    return text.replace('"', "&#34;") if '"' in text else text
