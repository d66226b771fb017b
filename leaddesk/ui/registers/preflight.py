"""The pre-flight page: who may come, what each item will be for them and why, and the order that asks the least."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListView,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from leaddesk.policy.dates import clock, local_day, long
from leaddesk.policy.desk_views import Found
from leaddesk.policy.preflight import Invited, ItemOutlook, Preflight
from leaddesk.policy.why import Fix, listed
from leaddesk.ui.console.parts import NO_LIMIT, Button, IconButton, label, px
from leaddesk.ui.console.rows import RowRole, RowsModel
from leaddesk.ui.console.withheld import WithheldCard
from leaddesk.ui.projector.pages import paginate
from leaddesk.ui.projector.thumbnail import SlideThumbnail
from leaddesk.ui.registers.page import FoundDelegate, FoundModel
from leaddesk.ui.registers.preflight_people import PeopleDelegate, PeopleModel
from leaddesk.ui.theme import Theme, Token

#: What can be done about a meeting that has not begun; stepping out is for the meeting itself.
CAN = frozenset({Fix.SIGN, Fix.RELEASE, Fix.TAKE_AFTER})
_PROJECTOR = QSize(1920, 1080)
_LEAST = 1120
"""The width under which who comes and the items become tabs."""
_WIDEST_SLIDE = 960
_PEOPLE = 264
_ITEMS = 368
_MOST_ORDER, _AROUND_ORDER = 112, 8
_MOST_NAMED = 2
"""So many are named in a row of the list; all of them are beside it."""


_MOST_SIGNERS = 8
"""So many who must sign are named above the list, which marks each of them."""


class PreflightPage(QWidget):
    """Shows one `Preflight`, and emits what the user asks for.

    Args:
        projector_theme: the theme of the slides.
        theme: the console's.
    """

    toggled = Signal(str, bool)
    """An attendee is to come, or not."""
    expected_asked = Signal()
    """Those who are expected, and nobody else."""
    fix_asked = Signal(object)
    """The `FixOffer` that the user takes."""
    reword_asked = Signal(object)
    """The `WithheldPart` whose words are to be written anew for the room."""
    without_asked = Signal(object)
    """The ids of those who must sign are to be left out."""
    sign_asked = Signal(object)
    """The ids of those who must sign."""
    order_asked = Signal()
    """The proposed order is to be taken."""

    def __init__(self, projector_theme: Theme, theme: Theme) -> None:
        super().__init__()
        self._outlook: Preflight | None = None
        self._compact: bool | None = None
        self._when = label(look="hint", wraps=True)
        self._signers = label(look="caution-hint", wraps=True)
        self._sign = IconButton(theme, "pen-nib-bold", "Sign now", token=Token.ACCENT)
        self._without = Button("Without them")
        self._endings = label(look="caution-hint", wraps=True)
        self._changes = label(wraps=True)
        self._changes.setAccessibleName("What that changes")
        self._expected = Button("Back to who is expected")
        self._model = PeopleModel(self)
        self.people = _list("Who comes", self._model)
        self._items = FoundModel(self)
        self.people.setItemDelegate(PeopleDelegate(theme, self.people))
        # A row is as high as its words need at the list's width.
        self.people.setResizeMode(QListView.ResizeMode.Adjust)
        self.items = _list("Items, as this room would have them", self._items)
        self.items.setItemDelegate(FoundDelegate(theme, self.items))
        self._order = label(wraps=True)
        self._order.setAccessibleName("The proposed order")
        self._take = Button("Take this order")
        self._take.setProperty("look", "main")
        self._room_reads = label(look="strong", wraps=True)
        self._slide = SlideThumbnail("What the room will see", projector_theme, theme)
        self._nothing = label(look="hint", wraps=True)
        self._withheld = WithheldCard(theme, can=CAN)
        self._model.toggled.connect(self.toggled)
        self._expected.clicked.connect(self.expected_asked)
        self._take.clicked.connect(self.order_asked)
        self._sign.clicked.connect(lambda: self.sign_asked.emit(self.signers))
        self._without.clicked.connect(lambda: self.without_asked.emit(self.signers))
        self._withheld.fix_asked.connect(self.fix_asked)
        self._withheld.reword_asked.connect(self.reword_asked)
        self.items.selectionModel().currentChanged.connect(lambda *_: self._show_item())
        self._lay_out()
        self._wait()

    @property
    def selected(self) -> str:
        """The id of the item that is looked at, empty for none."""
        return str(self.items.currentIndex().data(RowRole.ID) or "")

    @property
    def signers(self) -> tuple[str, ...]:
        """The ids of those who must sign."""
        return () if self._outlook is None else self._outlook.signers

    @property
    def outlook(self) -> Preflight | None:
        """What is shown, if anything."""
        return self._outlook

    def show_outlook(self, outlook: Preflight, people: Sequence[Invited], changes: Sequence[str]) -> None:
        """Shows what a room will have.

        Args:
            outlook: of this room.
            people: everybody who can be asked about.
            changes: what whoever was checked or unchecked last makes different, in sentences.
        """
        before, self._outlook = self.selected, outlook
        self._nothing.setText("Everybody who comes may have all of it.")
        for part in (self._expected, self._slide):
            part.show()
        self._model.set_rows(people)
        if not self.people.currentIndex().isValid():
            self.people.setCurrentIndex(self._model.index(0))
        day = long(local_day(outlook.starts, outlook.zone))
        starts, ends = (clock(at, outlook.zone) for at in (outlook.starts, outlook.ends))
        count = len(outlook.present)
        nobody = f", nobody for: {', '.join(outlook.missing_voices)}" if outlook.missing_voices else ""
        self._when.setText(f"{day}, {starts} to {ends}  ·  {count} would be there{nobody}")
        _say(self._signers, _who_signs(outlook.must_sign))
        for button in (self._sign, self._without):
            button.setVisible(bool(outlook.signers))
        _say(self._endings, " ".join(f"{one.what} ends {one.when}." for one in outlook.endings))
        _say(self._changes, "\n".join(changes))
        self._items.set_rows([_row(item) for item in outlook.items])
        index = self._items.index_of(before)
        self.items.setCurrentIndex(index if index.isValid() else self._items.index(0))
        self._show_item()
        self._show_order(outlook)

    def forget(self) -> None:
        """Empties the page: nothing of the desk is left in it."""
        self._outlook = None
        self._model.set_rows(())
        self._items.set_rows(())
        self._withheld.show_rows(())
        self._slide.show_page(None)
        for words in (self._when, self._signers, self._endings, self._changes, self._order, self._room_reads):
            words.clear()
        self._wait()

    def set_compact(self, *, compact: bool) -> None:
        """Make tabs of who comes and of the items, or put them side by side."""
        if compact == self._compact:
            return
        self._compact = compact
        # On a page behind another nothing has the focus, and nothing is to take it.
        focused = self.focusWidget() if self.isVisible() else None
        if compact:
            self._tabs.addTab(self._who, "Who comes")
            self._tabs.addTab(self._found, "Items")
            self._own_row.addWidget(self._asking, 0, Qt.AlignmentFlag.AlignLeft)
            self.people.setMaximumWidth(NO_LIMIT)
        else:
            for half in (self._who, self._found):
                self._columns.addWidget(half, half is self._found)
                half.show()
            self._top.addWidget(self._asking)
            self.people.setFixedWidth(px(self, _PEOPLE))
        self._tabs.setVisible(compact)
        for title in self._titles:
            title.setVisible(not compact)
        self.items.setFixedWidth(px(self, _ITEMS * (0.75 if compact else 1)))
        self._fit_order()
        if focused is not None:
            focused.setFocus()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.set_compact(compact=event.size().width() < px(self, _LEAST))

    @override
    def minimumSizeHint(self) -> QSize:
        # Narrower than all of it, so that it may become compact instead of going on beside the screen.
        return QSize(px(self, 480), super().minimumSizeHint().height())

    # Inside

    def _wait(self) -> None:
        """Until the first answer is there, nothing is claimed and nothing can be asked."""
        self._when.setText("Working it out…")
        for part in (
            self._nothing,
            self._expected,
            self._sign,
            self._without,
            self._take,
            self._slide,
            self._withheld,
        ):
            part.hide()

    def _show_item(self) -> None:
        outlook = self._outlook
        item = None if outlook is None else next((one for one in outlook.items if one.id == self.selected), None)
        if item is None:
            return
        self._room_reads.setText(_reads(item))
        self._slide.show_page(paginate(item.slide, _PROJECTOR)[0])
        self._withheld.show_rows(item.withheld)
        self._nothing.setVisible(not item.withheld)

    def _show_order(self, outlook: Preflight) -> None:
        moves = [turn.id for turn in outlook.order] != [item.id for item in outlook.items]
        self._take.setVisible(moves)
        words = ["In this order most can be discussed with the fewest people asked to step out."]
        if moves:
            words = ["Most with the fewest asked to step out:", *_turns(outlook)]
        self._order.setText("\n".join(words))
        self._fit_order()

    def _fit_order(self) -> None:
        """As high as its words, or less where there are many: the items above need the room."""
        around = px(self, _AROUND_ORDER)
        high = self._order.heightForWidth(self.items.maximumWidth() - around) + around
        self._reading_order.setFixedHeight(min(px(self, _MOST_ORDER), high))

    def _lay_out(self) -> None:
        self._top, self._asking, self._own_row = QHBoxLayout(), QWidget(), QVBoxLayout()
        self._top.addWidget(label("Pre-flight", "name"))
        self._top.addWidget(self._when, 1)
        buttons = QHBoxLayout(self._asking)
        buttons.setContentsMargins(0, 0, 0, 0)
        for button in (self._sign, self._without, self._expected):
            buttons.addWidget(button)
        told = QVBoxLayout()
        told.setSpacing(px(self, 2))
        for part in (self._signers, self._endings, self._changes):
            told.addWidget(part)
        self._who, self._found = QWidget(), QWidget()
        self._titles = label("Who comes", "heading"), label("Items", "heading")
        self._who.setLayout(_column(self._titles[0], self.people))
        middle = _column(self._titles[1], self.items)
        self._reading_order = _reading("The proposed order", self._order)
        middle.addWidget(self._reading_order)
        middle.addWidget(self._take, 0, Qt.AlignmentFlag.AlignLeft)
        found = QHBoxLayout(self._found)
        found.setContentsMargins(0, 0, 0, 0)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName("Halves of the page")
        self._columns = QHBoxLayout()
        for columns in (found, self._columns):
            columns.setSpacing(px(self, 20))
        found.addLayout(middle)
        found.addWidget(self._right(), 1)
        self._columns.addWidget(self._tabs, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(px(self, length) for length in (28, 18, 28, 18)))
        layout.setSpacing(px(self, 10))
        layout.addLayout(self._top)
        layout.addLayout(self._own_row)
        layout.addLayout(told)
        layout.addLayout(self._columns, 1)
        self.set_compact(compact=False)

    def _right(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(self, 10), 0)
        column.setSpacing(px(self, 8))
        column.addWidget(self._room_reads)
        # On a large screen what is withheld is to be seen too.
        self._slide.setMaximumWidth(px(self, _WIDEST_SLIDE))
        slide = QHBoxLayout()
        slide.addWidget(self._slide, 1000)
        slide.addStretch(1)
        column.addLayout(slide)
        column.addWidget(self._nothing)
        column.addWidget(self._withheld)
        column.addStretch(1)
        return _reading("What the room will see of it, and what it will not", inside)


def _reading(name: str, inside: QWidget) -> QScrollArea:
    """Something to read to its end by the keyboard, however long it is."""
    scroll = QScrollArea()
    scroll.setProperty("look", "reading")
    scroll.setAccessibleName(name)
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    scroll.setWidget(inside)
    return scroll


def _turns(outlook: Preflight) -> list[str]:
    """The proposed order in lines, those together for whom the same people step out; by the numbers of now."""
    numbers = {item.id: str(item.number) for item in outlook.items}
    lines: list[tuple[tuple[str, ...], list[str]]] = []
    for turn in outlook.order:
        if not lines or lines[-1][0] != turn.step_out:
            lines.append((turn.step_out, []))
        lines[-1][1].append(numbers[turn.id])
    return [f"{', '.join(items)}{f': {listed(out)} out' if out else ': everybody stays'}" for out, items in lines]


def _say(words: QLabel, said: str) -> None:
    words.setText(said)
    words.setVisible(bool(said))


def _who_signs(names: Sequence[str]) -> str:
    """A few by name; of many the number, as the list says of each."""
    if not names:
        return ""
    if len(names) <= _MOST_SIGNERS:
        return f"Must sign first: {', '.join(names)}."
    return f"{len(names)} must sign first, marked in the list."


def _row(item: ItemOutlook) -> Found:
    return Found(kind="item", id=item.id, title=f"{item.number}. {item.title}", detail=_detail(item))


def _detail(item: ItemOutlook) -> str:
    parts = [] if item.room_title == item.title else [f"room reads {item.room_title or 'nothing'}"]
    parts += ["part withheld" if item.withheld else "all of it"] if item.room_title else []
    out = item.step_out
    parts += [f"{listed(out)} out" if len(out) <= _MOST_NAMED else f"{len(out)} people out"] if out else []
    return "  ·  ".join(parts)


def _reads(item: ItemOutlook) -> str:
    if not item.room_title:
        return f"{item.title}: the room would see the public card"
    if item.room_title != item.title:
        return f"{item.title}: the room would read {item.room_title}"
    return item.title


def _list(name: str, model: RowsModel[Invited] | FoundModel) -> QListView:
    view = QListView()
    view.setModel(model)
    view.setAccessibleName(name)
    view.setProperty("look", "framed-rows")
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    return view


def _column(title: QLabel, view: QListView) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(title)
    column.addWidget(view, 1)
    return column
