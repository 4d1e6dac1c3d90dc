"""What a stretch of front matter says: the field, its value, and where it stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from tasks.metadata.dates import Date


class Field(Enum):
    """What a stretch of a front-matter line says."""

    PUBLISHED = "published"
    UPDATED = "updated"
    DATE = "date"  # without a label
    OUTLET = "outlet"
    PERSON = "person"
    COUNTER = "counter"
    NUMBER = "number"  # a bare number beside a date
    URL = "url"
    ORIGINAL_TITLE = "original_title"
    CREDIT = "credit"  # the source of a picture
    OTHER = "other"  # a labelled value that is not kept, such as the section
    TOOL = "tool"  # a place, a weekday, a word of the page's tools


STRANGE = "strange"  # the name of a field that no reader knows


@dataclass(frozen=True, slots=True)
class Found:
    """A field; its value stands at ``[start, end)``, and ``stop`` is where the field ends.

    ``name`` is a person's role or a counter's name; ``labelled``: a label names the field;
    ``bare``: its form and place alone say what it is.
    """

    field: Field
    start: int
    end: int
    stop: int
    name: str = ""
    value: str = ""
    date: Date | None = None
    count: int = 0
    labelled: bool = False
    bare: bool = False

    def moved(self, by: int) -> "Found":
        """The same field in a text that starts ``by`` characters earlier."""
        return replace(self, start=self.start + by, end=self.end + by, stop=self.stop + by)


#: Reads the fields at a place of a line, given those before it; nothing when it finds none.
Reader = Callable[[str, int, Sequence[Found]], list[Found]]
