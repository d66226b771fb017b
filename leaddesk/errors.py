"""Errors by blame: a `KnownError` is the world's; anything else is a bug in LeadDesk."""

from pathlib import Path
from traceback import extract_tb

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


def redacted(error: BaseException) -> str:
    """The kind of an error and its place in LeadDesk, and nothing of what it says: that may hold names."""
    root = Path(__file__).parent
    frames = [frame for frame in extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(root)]
    if not frames:
        return type(error).__name__
    place = Path(frames[-1].filename).relative_to(root).as_posix()
    return f"{type(error).__name__} in {place}, line {frames[-1].lineno}"
