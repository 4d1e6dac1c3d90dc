"""The error of everything that is learned."""


class TrainingError(ValueError):
    """A training cannot be done with what it was given. The message is one plain line."""
