"""The demo desk's meeting as it runs, on a screen that a test looks at and by a clock that it drives."""

from dataclasses import dataclass
from datetime import UTC, datetime

from leaddesk.services.desk import Desk
from leaddesk.services.live import LiveMeeting
from tests.services.test_the_room_on_disk import Clock, Screen

#: Nine in the evening in Harbor County, on the day before the meeting's.
START = datetime(2026, 5, 7, 4, 0, tzinfo=UTC)


@dataclass
class Running:
    desk: Desk
    clock: Clock
    screen: Screen
    live: LiveMeeting

    def item(self, kind: str) -> str:
        """The first agenda item of a kind."""
        return next(
            item.id for item in self.live.material.agenda if str(getattr(item.fields["kind"], "value", "")) == kind
        )

    def participant(self, family: str) -> str:
        return next(p.id for p in self.live.watch.facts.participants.values() if p.family_name == family)
