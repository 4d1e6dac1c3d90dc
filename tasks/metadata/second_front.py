"""Front matter below the title of the second half of a page in two languages."""

from collections.abc import Mapping, Sequence

from models.records import DraftBlock
from tasks.metadata.found import Field, Found
from tasks.metadata.titles import second_title
from tasks.metadata.top import FrontLine

_LINES = 4  # below the title
_LONGEST = 80  # characters
_SAID = frozenset((Field.PUBLISHED, Field.UPDATED, Field.PERSON, Field.OUTLET, Field.DATE))


def add_second_front(
    blocks: Sequence[DraftBlock],
    out: dict[int, FrontLine],
    read: Mapping[int, Sequence[Found] | None],
    body: Sequence[bool],
) -> None:
    """Add the date and bylines that stand below the second title, as below the first.

    ``read``: the fields of lines, by their places; ``body``: which blocks are text.
    """
    if not any(read.get(place) and place not in out for place in range(len(blocks))):
        return
    title = second_title(blocks)
    if title is None:
        return
    for place in range(title + 1, min(title + 1 + _LINES, len(blocks))):
        fields = read.get(place)
        if not fields or body[place] or len(blocks[place].text.text) > _LONGEST:
            break
        if any(found.field in _SAID for found in fields):
            out.setdefault(place, FrontLine(tuple(fields)))
