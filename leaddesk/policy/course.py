"""The way of a meeting's minutes, from closed to approved: what may be done next, and what may be done no longer."""

from dataclasses import dataclass

#: States of a meeting whose minutes are final.
FINAL = ("finalized", "approved")


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Where a meeting stands on its way.

    Attributes:
        state: ``planned``, ``open``, ``closed``, ``finalized`` or ``approved``.
        versions: how often its minutes have been finalized.
        followed: whether a later meeting of its series has opened.
        followed_by_open: whether one of those is open now.
    """

    state: str
    versions: int
    followed: bool
    followed_by_open: bool

    @property
    def can_finalize(self) -> bool:
        """Whether its minutes can be finalized, as a new version where they have been before."""
        return self.state == "closed"

    @property
    def needs_reason(self) -> bool:
        """Whether finalizing says why the new version differs."""
        return self.versions > 0

    @property
    def can_reopen(self) -> bool:
        """Whether its minutes can be reopened: the latest of the series, until the next meeting opens."""
        return self.state == "finalized" and not self.followed

    @property
    def can_amend(self) -> bool:
        """Whether a correction stands with its minutes as an amendment: once they can't be reopened any more."""
        return self.is_final and self.followed

    @property
    def can_approve(self) -> bool:
        """Whether its minutes can be approved: at a later meeting, while that one is open."""
        return self.state == "finalized" and self.followed_by_open

    @property
    def is_final(self) -> bool:
        """Whether its minutes are final, so that nothing of the meeting is changed any more."""
        return self.state in FINAL

    def status_of(self, version: int | None) -> str:
        """What a copy of one version says that it is; ``None`` is the meeting as it stands."""
        if version is None:
            return f"draft of version {self.versions + 1}" if self.versions else "draft"
        if version < self.versions:
            return f"version {version}, replaced by version {self.versions}"
        return f"final, version {version}" if self.is_final else f"version {version}, reopened"
