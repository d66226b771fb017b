"""What a running meeting is composed from, and its items as the room may have them now."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from leaddesk.policy.console import user_disclosure
from leaddesk.policy.disclosure import Disclosure
from leaddesk.policy.material import Material
from leaddesk.policy.room import Watch
from leaddesk.policy.slides import idle_card, slide
from leaddesk.policy.views import IdleCard, Slide
from leaddesk.services.composed import Views
from leaddesk.services.shown import Composed

T = TypeVar("T")


class Previewing:
    """Composes what there is for the room of one meeting, each view once for as long as it is true.

    Args:
        material: what the meeting is composed from.
        watch: what its room may have.
    """

    def __init__(self, material: Material, watch: Watch) -> None:
        self.material = material
        self.watch = watch
        self._views, self._live_views = Views(), Views()

    def mine(self) -> Disclosure:
        """What the signed-in user may have."""
        return user_disclosure(self.watch)

    def idle(self) -> IdleCard:
        """The public card."""
        return idle_card(self.material, self.watch.disclosure())

    def composed(self, key: object, compose: Callable[[], T]) -> T:
        """A view of the material and the room: as it was composed, for as long as neither has changed since."""
        return self._views.composed((self.material, self.watch.moments), key, compose)

    def _preview(self, item: str | None) -> Slide:
        """An item as the room would see it now."""
        return self._compose(self.material, item).slide

    def _compose(self, material: Material, item: str | None, *, public: bool = False) -> Composed:
        """An item as the room may have it now; as it was composed before, for what it would be again."""
        # What is live keeps the material of when it was shown.
        views = self._views if material is self.material else self._live_views
        compose = partial(self._compose_anew, material, item, public=public)
        return views.composed((material, self.watch.moments), ("now", item, public), compose)

    def _compose_anew(self, material: Material, item: str | None, *, public: bool) -> Composed:
        disclosure = self.watch.public_disclosure() if public else self.watch.disclosure(item)
        return Composed.of(material, disclosure, item)

    def _once_confirmed(self, item: str | None) -> Slide:
        """An item as the room would see it if the chair confirmed."""
        shown = self.watch.disclosure_once_confirmed
        return self.composed(("confirmed", item), lambda: slide(self.material, shown(item), item))
