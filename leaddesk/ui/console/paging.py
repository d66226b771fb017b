"""Turning the pages of what is live, no further than the room may have it at that moment."""

from leaddesk.policy.desk_views import Screen
from leaddesk.services.live import LiveMeeting
from leaddesk.ui.projector.driver import ProjectorDriver


class Pages:
    """The pages of what one meeting shows.

    Args:
        live: the running meeting.
        driver: its projector.
    """

    def __init__(self, live: LiveMeeting, driver: ProjectorDriver) -> None:
        self._live, self._driver = live, driver

    def turn(self, steps: int) -> bool:
        """Turns to the next page, or back for -1; ``False`` where there is none, and an item may be meant.

        The clock is looked at before a page is painted: where something has ended by then, that is all that happens.
        A frozen screen holds its page.
        """
        live, item = self._live, self._live.live_item
        if item is None or self._driver.pausing:
            return False
        live.tick()
        if live.live_item != item or live.screen is Screen.FROZEN:
            return True
        window = self._driver.window
        return window.next_page() if steps > 0 else window.previous_page()
