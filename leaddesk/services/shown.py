"""The audience's screen as the services know it, and what is on it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, Self

from leaddesk.policy.disclosure import Appearance, Disclosure, Told
from leaddesk.policy.facts import Names
from leaddesk.policy.material import Material
from leaddesk.policy.slides import slide
from leaddesk.policy.views import IdleCard, Slide


class Projector(Protocol):
    """The audience's screen. Whatever it is told takes effect with the very next frame.

    Where it can't do that it raises, and leaves nothing of what was there before.
    """

    def show_slide(self, slide: Slide, *, again: bool = False) -> None:
        """Shows a slide, beginning with its first page; ``again`` at the page where the same one was before."""

    def show_idle(self, card: IdleCard) -> None:
        """Shows the public card."""

    def show_black(self) -> None:
        """Shows nothing at all."""

    def narrow(self, card: IdleCard, resume: Callable[[], None]) -> None:
        """Shows the public card at once, and calls ``resume`` after 400 ms unless told anything else before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A slide, and whom it speaks of."""

    slide: Slide
    told: Told
    named: frozenset[str]
    """Participants who are on it by name."""

    @classmethod
    def of(cls, material: Material, disclosure: Disclosure, item: str | None) -> Self:
        """An item's slide as the audience of a disclosure of its own may have it."""
        made = slide(material, disclosure, item)
        people = {str(asked.participant) for asked in disclosure.told}
        named = frozenset(one for one in people if disclosure.appearance(one) is Appearance.NAME)
        return cls(slide=made, told=disclosure.told, named=named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the room is looking at: the item, the material it was composed from, and what came of it."""

    item: str | None
    material: Material
    composed: Composed
    """Whoever is on it by name never turns into a code before all eyes."""
    names: tuple[Names, ...]
    """What everybody was called then, case codes too."""
    members: frozenset[str]
    """Who sees it."""
    rests_on: object
    """The releases, exemptions and agreements on which they do."""
    moments: object
    """The room's moments that it was composed at (`Watch.moments`)."""
    public: bool = False
    """Whether it is shown as anybody may have it, while somebody signs."""
    projected: bool = True
    """Whether the room has a screen to see it on."""
    entry: int | None = None
    """The ledger entry that says so, ``None`` once it has ended."""

    def recoded(self, names: tuple[Names, ...]) -> bool:
        """Whether somebody has another case code now."""
        if names is self.names:
            return False
        codes = {one.id: one.code for one in names}
        return any(codes.get(one.id, one.code) != one.code for one in self.names)

    @property
    def slide(self) -> Slide:
        """What is on the screen."""
        return self.composed.slide

    @property
    def is_idle(self) -> bool:
        """Whether the room could have nothing of the item, and so reads the public card."""
        return isinstance(self.slide, IdleCard)
