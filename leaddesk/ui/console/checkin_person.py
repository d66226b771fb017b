"""The card of whoever is highlighted in check-in: what can happen with them, each under one key."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from leaddesk.policy.checkin import witnesses
from leaddesk.policy.desk_views import CheckInRow, Signature, Whereabouts
from leaddesk.policy.why import role_words
from leaddesk.ui.console.chips import Chooser
from leaddesk.ui.console.finding import AWAY, HERE
from leaddesk.ui.console.parts import IconButton, label, px, set_look, yielding
from leaddesk.ui.theme import Theme, Token

_MEANS = {
    Signature.MUST_SIGN: "Not signed: while they are in view, the room has what the public may.",
    Signature.EXPIRED: "Their agreement is over: while they are in view, the room has what the public may.",
    Signature.DECLINED: "Declined or withdrew, on record: they have what is public and no more, and may still sign.",
}
_MOST_OF_TITLE = 200
"""Of an item's title on a button, on the grid; the rest is in its tool tip."""
_OUT_OF_VIEW = "Out of view until further notice: the room is what it is without them; the minutes say so."
_STEPPED_OUT = "Out for an item. Back again counts at once; staying out harms nobody."

_CONSEQUENCES = {
    "paper": "Recorded at once, with who saw it signed.",
    "sign": "On this screen; the projector stays public meanwhile.",
    "apart": "The room is what it is without them, once you let it see more; minutes and ledger say so.",
    "decline": "Whatever they signed until now is over. They have what is public and no more; it goes on record.",
    "withdraw": "Whatever they signed until now is over. They have what is public and no more; it goes on record.",
    "undo": "As if it had never been noted; the ledger keeps that it was.",
    "conflict": "They are excluded from it at once, until the chair confirms or clears it.",
    "names": "They are excluded at once from everybody it could mean, until the chair confirms or clears it.",
}


class PersonCard(QFrame):
    """What can be done with one person, as far as it makes sense now."""

    acted = Signal(str, object)
    """The name of what is asked for, and the `CheckInRow` of whom."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        set_look(self, "card")
        self._theme = theme
        self._row: CheckInRow | None = None
        self._name, self._times = yielding(label(look="heading", wraps=True)), label(look="hint")
        self._means = label(look="hint", wraps=True)
        self._role = Chooser(theme, "Role", prefix="as")
        self._witness = Chooser(theme, "Witness", prefix="witness")
        make = self._button
        self._buttons = {
            "room": make("room", "check-bold", "In the room (Enter)", main=True),
            "phone": make("phone", "phone-bold", "By &phone"),
            "video": make("video", "video-camera-bold", "By &video"),
            "back": make("back", "arrow-bend-down-right-bold", "&Back again"),
            "leave": make("leave", "sign-out-bold", "&Leaves"),
            "paper": make("paper", "file-text-bold", "Signed on pape&r"),
            "sign": make("sign", "pen-nib-bold", "Sign &now"),
            "apart": make("apart", "eye-slash-bold", "&Out of view"),
            "decline": make("decline", "prohibit-bold", "&Declines"),
            "step": make("step", "sign-out-bold", "&Steps out"),
            "conflict": make("conflict", "prohibit-bold", "&Conflict"),
            "names": make("names", "prohibit-bold", "Conflic&t, by name…"),
            "came": make("came", "clock-bold", "&Mend arrival…"),
            "gone": make("gone", "clock-bold", "Mend l&eaving…"),
            "undo": make("undo", "arrow-counter-clockwise-bold", "&Undo check-in"),
            "withdraw": make("withdraw", "prohibit-bold", "Wit&hdraws"),
        }
        self._lay_out()
        self.show_person(None)

    @property
    def role(self) -> str:
        """The role that is chosen for them."""
        return self._role.choice or ("" if self._row is None else self._row.role)

    @property
    def witness(self) -> str:
        """Who saw the paper signed."""
        return self._witness.choice

    def show_person(
        self,
        row: CheckInRow | None,
        others: Sequence[CheckInRow] = (),
        user: str = "",
        about: str = "",
        item: str = "",
    ) -> None:
        """Show what can be done with somebody.

        Args:
            row: who, ``None`` for nobody.
            others: everybody, among them those who can be the witness.
            user: the signed-in user, the usual witness.
            about: whom the item at hand is about, as the user may have it, empty for nobody.
            item: what the item at hand is called for the user, empty for none.
        """
        self._row = row
        self.setVisible(row is not None)
        self._name.setText(row.name if row else "")
        self._times.setText(_times(row))
        self._means.setText(_what_it_means(row))
        self._means.setVisible(bool(self._means.text()))
        self._role.set_choices(
            [(role, role_words(role)) for role in row.roles] if row else [], row.role if row else ""
        )
        self._role.setVisible(row is not None and len(row.roles) > 1)
        present = witnesses(others, row.id if row else "")
        usual = user if any(each.id == user for each in present) else ""
        self._witness.set_choices([(each.id, each.name) for each in present], usual)
        step, title = self._buttons["step"], item.replace("&", "&&")
        short = step.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, px(self, _MOST_OF_TITLE))
        step.setText(f" &Steps out for {short}")
        step.setAccessibleName(f"Steps out for {item}")
        step.setToolTip(f"Steps out for {item}")
        self._buttons["conflict"].setText(f" &Conflict with {about.replace('&', '&&')}")
        self._buttons["conflict"].setAccessibleName(f"Conflict with {about}")
        self._buttons["undo"].setText(" &Undo leaving" if _left(row) else " &Undo check-in")
        self._buttons["undo"].setAccessibleName("Undo leaving" if _left(row) else "Undo check-in")
        shown = _possible(row, about=bool(about), item=bool(item))
        for name, button in self._buttons.items():
            button.setVisible(name in shown)
        self._witness.setVisible("paper" in shown)
        self._buttons["paper"].setEnabled(bool(present))

    def _button(self, name: str, icon: str, words: str, *, main: bool = False) -> QPushButton:
        token = Token.ON_ACCENT if main else Token.ACCENT
        button = IconButton(self._theme, icon, words, token=token, look="main" if main else "compact")
        if consequence := _CONSEQUENCES.get(name):
            button.setToolTip(consequence)
            button.setAccessibleDescription(consequence)
        button.clicked.connect(self._asker(name))
        return button

    def _asker(self, name: str) -> Callable[[], None]:
        def ask() -> None:
            if self._row is not None:
                self.acted.emit(name, self._row)

        return ask

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(px(self, 12), px(self, 10), px(self, 12), px(self, 10))
        grid.setSpacing(px(self, 8))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._times)
        lines: tuple[tuple[QWidget, ...], ...] = (
            (self._role,),
            (*self._some("room", "phone", "video", "back"),),
            (*self._some("paper"), self._witness),
            (*self._some("sign", "apart", "decline"),),
            (*self._some("step", "leave"),),
            (*self._some("conflict"),),
            (*self._some("names", "withdraw"),),
            (*self._some("came", "gone", "undo"),),
        )
        grid.addLayout(words, 0, 0)
        grid.addWidget(self._means, 1, 0)
        for row, parts in enumerate(lines, start=2):
            line = QHBoxLayout()
            line.setSpacing(px(self, 8))
            for part in parts:
                line.addWidget(part)
            line.addStretch()
            grid.addLayout(line, row, 0)

    def _some(self, *names: str) -> list[QPushButton]:
        return [self._buttons[name] for name in names]


def _left(row: CheckInRow | None) -> bool:
    return row is not None and row.whereabouts is Whereabouts.LEFT


def _times(row: CheckInRow | None) -> str:
    if row is None or not row.came:
        return ""
    return f"came {row.came}, left {row.gone}" if row.gone else f"came {row.came}"


def _what_it_means(row: CheckInRow | None) -> str:
    """What somebody's being here, or not, does to the room, in a sentence."""
    if row is None or row.whereabouts in AWAY:
        return ""
    if row.whereabouts is Whereabouts.OUT_OF_VIEW:
        return _OUT_OF_VIEW
    if row.whereabouts is Whereabouts.STEPPED_OUT:
        return _STEPPED_OUT
    return _MEANS.get(row.signature, "")


def _possible(row: CheckInRow | None, *, about: bool, item: bool) -> frozenset[str]:
    """What can be done with somebody as they are now."""
    if row is None:
        return frozenset()
    here, away = row.whereabouts in HERE, row.whereabouts in AWAY
    possible = {"names"}
    possible |= {"room", "phone", "video"} if away else {"leave", "came", "undo"}
    possible |= {"conflict"} if about else set()
    possible |= {"apart"} if here else set()
    possible |= {"step"} if here and item else set()
    possible |= {"back"} if not here and not away else set()
    possible |= {"apart"} if row.whereabouts is Whereabouts.STEPPED_OUT else set()
    possible |= {"withdraw"} if row.signature is Signature.SIGNED else {"paper", "sign", "decline"}
    possible |= {"undo", "came", "gone"} if row.whereabouts is Whereabouts.LEFT else set()
    return frozenset(possible)
