"""What a conformance run found."""

from dataclasses import dataclass


class MalformedFile(ValueError):
    """A file that can't be read as cases or scenes; says where, by line or path, and what is wrong there."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where
        self.what = what


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that is not the expected one."""

    where: str
    expected: str
    answered: str

    @property
    def sentence(self) -> str:
        """Where, and both answers."""
        return f"{self.where}: expected {self.expected}, the rule answers {self.answered}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many answers were held against the rule, and those that differ."""

    checked: int
    differences: tuple[Difference, ...]

    @property
    def agree(self) -> int:
        """How many answers are the expected ones."""
        return self.checked - len(self.differences)

    @property
    def summary(self) -> str:
        """``N checked, N agree, N differ``."""
        return f"{self.checked} checked, {self.agree} agree, {len(self.differences)} differ"
