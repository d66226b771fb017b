"""The demo's clock: the last Wednesday at ten, so that its meeting is on a working day whenever it is looked at."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_WEDNESDAY = 2
_ZONE = ZoneInfo("America/Los_Angeles")


class WorkdayClock:
    """Starts at ten on the last Wednesday in the demo's zone and goes on from there with the real time."""

    def __init__(self) -> None:
        today = datetime.now(_ZONE).date()
        day = today - timedelta(days=(today.weekday() - _WEDNESDAY) % 7 or 7)
        starts = datetime.combine(day, time(10), tzinfo=_ZONE).astimezone(UTC)
        self._offset = starts - datetime.now(UTC)

    def __call__(self) -> datetime:
        """What the time is in the demo, aware."""
        return datetime.now(UTC) + self._offset

    def pass_by(self, minutes: int) -> None:
        """Lets time go by, as a meeting takes it."""
        self._offset += timedelta(minutes=minutes)
