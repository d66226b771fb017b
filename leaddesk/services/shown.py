"""The audience's screen as the services know it, and what is on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from leaddesk.policy.disclosure import Told
from leaddesk.policy.material import Material
from leaddesk.policy.views import IdleCard, Slide


class Projector(Protocol):
    """The audience's screen. Whatever it is told takes effect with the very next frame."""

    def show_slide(self, slide: Slide) -> None:
        """Shows a slide, beginning with its first page."""

    def show_idle(self, card: IdleCard) -> None:
        """Shows the public card."""

    def show_black(self) -> None:
        """Shows nothing at all."""

    def narrow(self, card: IdleCard, resume: Callable[[], None]) -> None:
        """Shows the public card at once, and calls ``resume`` after 400 ms unless told anything else before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the room is looking at: the item, the material it was composed from, and what came of it."""

    item: str | None
    material: Material
    slide: Slide
    named: frozenset[str]
    """Participants who are on it by name: they never turn into a code before all eyes."""
    codes: Mapping[str, str]
    """Everybody's case code of then."""
    told: Told
    members: frozenset[str]
    """Who sees it."""
    moments: object
    """The room's moments that it was composed at (`Watch.moments`)."""
    public: bool = False
    """Whether it is shown as anybody may have it, while somebody signs."""
    entry: int | None = None
    """The ledger entry that says so, ``None`` once it has ended."""

    @property
    def is_idle(self) -> bool:
        """Whether the room could have nothing of the item, and so reads the public card."""
        return isinstance(self.slide, IdleCard)
