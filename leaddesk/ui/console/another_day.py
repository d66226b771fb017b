"""A meeting that is opened on another day than it was planned for: said, with the way to date it right."""

from collections.abc import Callable
from datetime import date

from leaddesk.policy.dates import short
from leaddesk.policy.desk_views import Screen
from leaddesk.services import meetings
from leaddesk.services.live import LiveMeeting
from leaddesk.ui.console.notice import Notice


def say_another_day(
    live: LiveMeeting, notice: Notice, planned: date, after: Callable[[Callable[[], None]], None]
) -> None:
    """Says so and offers to date the meeting today; nothing on the day that it was planned for.

    Args:
        live: the meeting, just opened.
        notice: where it is said.
        planned: the day that it was planned for.
        after: runs what is taken up, tells what went wrong, and shows everything anew.
    """
    today = live.material.today

    def date_it_today() -> None:
        live.do(meetings.hold_today, live.meeting)
        if live.screen is Screen.IDLE:
            # The public card has the day on it.
            live.show_idle()

    if planned != today:
        words = f"This meeting was planned for {short(planned)}, which its papers say. Today is {short(today)}."
        notice.say("day", words, ("Date it today", lambda: after(date_it_today)))
