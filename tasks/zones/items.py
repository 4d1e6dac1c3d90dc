"""A page as a sequence of items: the blocks that are left, and the lines that left before."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from models.records import DraftBlock, Removal, RemovalReason

#: Removals that say what kind of zone a place of the page is in.
FURNITURE = frozenset(
    (
        *(RemovalReason.BOILERPLATE, RemovalReason.ADVERTISEMENT, RemovalReason.RELATED),
        *(RemovalReason.COMMENT, RemovalReason.DISCLAIMER, RemovalReason.PAGINATION),
    )
)
#: Furniture that is often set into a text; it says little about where the text ends.
_INSIDE = frozenset((RemovalReason.ADVERTISEMENT, RemovalReason.PAGINATION))
#: Rules that take what stands below texts only: it says that the text has ended.
_CLOSING = frozenset(
    (
        *("rights_line", "rights_notice", "site_footer", "tags", "contributed", "print_version"),
        *("complaints_notice", "standards_line", "comment_form", "issue_line", "liability_line"),
    )
)
_END_MARK = "end_mark"
_HEADING_MARKS = frozenset(("heading_mark", "emphasis"))
_MARK = 2  # characters between a heading mark and its line


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the page: the block at ``place``, or (-1) furniture that left before."""

    place: int
    block: DraftBlock | None
    front: bool = False  # front matter: the metadata takes it
    reason: RemovalReason | None = None
    rule: str = ""  # that took it
    marked: bool = False  # a heading mark stood before it

    @property
    def text(self) -> str:
        """The text of a block; nothing for what left."""
        return self.block.text.text if self.block is not None else ""

    @property
    def ends(self) -> bool:
        """Whether it is the mark that a text has ended (``ENDS``, ``（完）``)."""
        return self.rule == _END_MARK

    @property
    def closes(self) -> bool:
        """Whether it is furniture that stands below texts only."""
        return self.rule in _CLOSING or self.ends

    @property
    def may_be_inside(self) -> bool:
        """Whether it is furniture that stands inside texts as well."""
        return self.reason in _INSIDE


def items_of(
    blocks: Sequence[DraftBlock], removals: Sequence[Removal], front: Set[int]
) -> list[Item]:
    """The blocks and the furniture that left, in the order of the page.

    ``front``: where in the source the blocks start that are front matter.
    """
    gone = [
        (removal.pieces[0][0], removal)
        for removal in removals
        if removal.reason in FURNITURE and removal.pieces
    ]
    marks = {removal.pieces[-1][1] for removal in removals if removal.rule in _HEADING_MARKS}
    out: list[Item] = []
    at = 0
    for place, block in enumerate(blocks):
        first, last = _span(block)
        while at < len(gone) and gone[at][0] < last:
            if gone[at][0] < first:  # and not cut out of the block
                out.append(_furniture(gone[at][1]))
            at += 1
        marked = bool(marks) and not marks.isdisjoint(range(first - _MARK, first + 1))
        out.append(Item(place, block, _starts(block, front), marked=marked))
    out += [_furniture(removal) for _, removal in gone[at:]]
    return out


def _furniture(removal: Removal) -> Item:
    return Item(-1, None, reason=removal.reason, rule=removal.rule)


def _starts(block: DraftBlock, starts: Set[int]) -> bool:
    """Whether one of the places is where the text or the label of a block starts."""
    labelled = block.label is not None and block.label.pieces
    return block.text.pieces[0][0] in starts or bool(
        labelled and block.label is not None and block.label.pieces[0][0] in starts
    )


def _span(block: DraftBlock) -> tuple[int, int]:
    pieces = block.text.pieces
    first, last = pieces[0][0], pieces[-1][1]
    if block.label is not None and block.label.pieces:
        first = min(first, block.label.pieces[0][0])
    return first, last
