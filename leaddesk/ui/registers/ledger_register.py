"""Fills the ledger's page with what the user may have, a part at a time, and has the desk verified beside it."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from leaddesk.errors import KnownError
from leaddesk.policy.ledger_rows import LedgerView, LedgerWish, VerifiedView
from leaddesk.services.desk import Desk
from leaddesk.services.drafts import Choice
from leaddesk.services.ledger_reading import ledger_people, read_ledger, verify_in_words
from leaddesk.ui.background import Newest, Task
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.registers.ledger import LedgerPage


class LedgerRegister(QObject):
    """The ledger behind the console's menu.

    Args:
        desk: the open desk.
        console: the window whose page it is.
    """

    failed = Signal(object)
    """A `KnownError` that the user is to be told."""

    def __init__(self, desk: Desk, console: ConsoleWindow) -> None:
        super().__init__()
        self._desk = desk
        self._people = Newest(self._on_people, self.failed.emit, console)
        self._entries = Newest(self._on_view, self.failed.emit, console, slow=self._on_slow)
        self._more = Newest(self._on_more, self.failed.emit, console)
        self._console = console
        self._page = console.set_page(PageName.LEDGER, self._make_page)
        console.page_asked.connect(self._on_page)

    @property
    def page(self) -> LedgerPage:
        """The page, made at its first visit."""
        return self._page.visit()

    def show(self) -> None:
        """Reads the ledger anew, beside the page."""
        self._people.ask(partial(self._desk.read, ledger_people, self._desk.everyday))
        self._show(self.page.wish)

    def close(self) -> None:
        """Empties the page."""
        for reading in (self._people, self._entries, self._more):
            reading.forget()
        self._page.tell(LedgerPage.forget)

    # Inside

    def _make_page(self) -> LedgerPage:
        page = LedgerPage(self._console.theme)
        page.wished.connect(self._show)
        page.more_asked.connect(self._show_more)
        page.verify_asked.connect(self._verify)
        return page

    def _on_page(self, name: PageName) -> None:
        if name is PageName.LEDGER:
            self.show()

    def _show(self, wish: LedgerWish) -> None:
        self._more.forget()
        self._entries.ask(partial(self._desk.read, read_ledger, self._desk.everyday, wish))

    def _show_more(self, wish: LedgerWish, before: int) -> None:
        # Under rows that others are about to take the place of, none are wanted any more.
        if not self._entries.asking:
            self._more.ask(partial(self._desk.read, read_ledger, self._desk.everyday, wish, before))

    def _on_people(self, people: tuple[Choice, ...]) -> None:
        self.page.set_people(people)

    def _on_view(self, view: LedgerView) -> None:
        self.page.set_view(view)

    def _on_more(self, view: LedgerView) -> None:
        self.page.add_view(view)

    def _on_slow(self) -> None:
        self.page.say_reading()

    def _verify(self) -> None:
        self.page.set_verifying(busy=True)
        Task(lambda: verify_in_words(self._desk)).start(succeeded=self._on_verified, failed=self._on_failed)

    def _on_verified(self, verified: VerifiedView) -> None:
        # the desk may have been locked meanwhile: an emptied page stays empty
        if not self._desk.locked:
            self.page.set_verified(verified)

    def _on_failed(self, error: BaseException) -> None:
        if self._desk.locked:
            return
        self.page.set_verifying(busy=False)
        if not isinstance(error, KnownError):
            raise error
        self.failed.emit(error)
