"""Errors by blame: a `KnownError` is the world's; anything else is a bug in LeadDesk."""

from typing_extensions import override


class KnownError(Exception):
    """Something outside LeadDesk went wrong, in words for the person at the desk.

    The sentences hold no name of a participant and no value from the desk.

    Attributes:
        happened: what happened, one sentence.
        kept: what was kept or left unchanged, one sentence.
        todo: what the person can do next, one sentence.
    """

    def __init__(self, happened: str, *, kept: str = "", todo: str = "") -> None:
        super().__init__(happened)
        self.happened = happened
        self.kept = kept
        self.todo = todo

    @override
    def __str__(self) -> str:
        return " ".join(part for part in (self.happened, self.kept, self.todo) if part)
