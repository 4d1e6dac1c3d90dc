"""The one exception of this room: an input that cannot be used, and why."""

from models.records import QuarantineReason


class UnusableError(Exception):
    """Raised by a reader of a format; :func:`tasks.read.read` turns it into a quarantine record.

    ``detail`` is one plain line.
    """

    def __init__(self, reason: QuarantineReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class UnreachableError(UnusableError):
    """The bytes of an input cannot be had now; what is in them is not known, so another run may
    have more luck. Its quarantine record has no digest.
    """
