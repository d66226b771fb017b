"""What the desk tells without stopping the chair: lines under the bar, there only while something is to be said."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout

from leaddesk.ui.console.keys import Command, cap
from leaddesk.ui.console.parts import Icon, IconButton, KeyButton, label, px, yielding
from leaddesk.ui.theme import Theme, Token

Action = tuple[str, Callable[[], object]]
"""What a notice offers: the words of its button, and what it does."""

_MOST, _MOST_COMPACT = 3, 1
"""Lines at once, and in a small window: more would take the meeting's room; the others come up as these go."""


class Notice(QFrame):
    """Says several things at once, each until it is said otherwise, taken up or put away; the newest stands first."""

    emptied = Signal()
    """A line that had the focus is gone."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._most = _MOST
        self._lines: dict[str, _Line] = {}
        self._put_away: dict[str, str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._more = label(look="hint")
        self._more.setContentsMargins(px(self, 62), 0, 0, px(self, 4))
        self._column.addWidget(self._more)
        self.hide()

    @property
    def words(self) -> str:
        """What is said now, the newest first, empty for nothing."""
        return "\n".join(line.words for line in self._newest())

    @property
    def offer(self) -> str:
        """What the newest notice that offers something offers, empty for nothing."""
        line = self._offering()
        return "" if line is None or line.action is None else line.action[0]

    def say(self, topic: str, words: str, action: Action | None = None, *, calm: bool = False) -> None:
        """Says something of a topic instead of what was said of it; nothing any more for empty words.

        What the user put away is not said again until it is worded otherwise or was over in between.

        Args:
            topic: what it is about; one line each.
            words: the sentence, for the signed-in user alone.
            action: a button beside it, also the key's while it is the newest that offers something. The line goes
                once it is taken up, unless what it does says something of the topic.
            calm: said as news, not as a caution; an offer always is.
        """
        if not words:
            self._put_away.pop(topic, None)
            self._remove(topic)
            return
        line = self._lines.get(topic)
        if line is not None and line.words == words:
            line.action = action
            return
        if self._put_away.get(topic) == words:
            return
        self._put_away.pop(topic, None)
        calm = calm or action is not None
        if line is not None and line.calm == calm and (line.action is None) == (action is None):
            line.say(words, action)
        else:
            self._remove(topic)
            line = self._lines[topic] = _Line(self._theme, words, action, calm=calm)
            line.taken.connect(lambda: self._take(topic))
            line.put_away.connect(lambda: self._dismiss(topic))
            self._column.insertWidget(0, line)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
        self._arrange()

    def take(self) -> None:
        """Does what the newest notice that offers something offers."""
        line = self._offering()
        if line is not None:
            line.taken.emit()

    def dismiss(self) -> None:
        """Puts the newest line away."""
        newest = next(iter(self._newest()), None)
        if newest is not None:
            newest.put_away.emit()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme

    def set_compact(self, *, compact: bool) -> None:
        """Says fewer things at once, or as many as usual."""
        most = _MOST_COMPACT if compact else _MOST
        if most != self._most:
            self._most = most
            self._arrange()

    def _newest(self) -> list["_Line"]:
        return [*reversed(self._lines.values())]

    def _offering(self) -> "_Line | None":
        return next((line for line in self._newest() if line.action is not None), None)

    def _take(self, topic: str) -> None:
        line = self._lines[topic]
        self._remove(topic)
        if line.action is not None:
            line.action[1]()

    def _dismiss(self, topic: str) -> None:
        self._put_away[topic] = self._lines[topic].words
        self._remove(topic)

    def _remove(self, topic: str) -> None:
        line = self._lines.pop(topic, None)
        if line is None:
            return
        focused = QApplication.focusWidget()
        had_focus = focused is not None and line.isAncestorOf(focused)
        line.hide()
        line.setParent(None)
        line.deleteLater()
        self._arrange()
        if had_focus:
            self.emptied.emit()

    def _arrange(self) -> None:
        newest, offering = self._newest(), self._offering()
        for place, line in enumerate(newest):
            line.show_keys(takes=line is offering, first=place == 0)
            line.setVisible(place < self._most)
        more = len(newest) - self._most
        self._more.setText(f"and {more} more")
        self._more.setVisible(more > 0)
        self.setAccessibleName(self.words)
        self.setVisible(bool(newest))


class _Line(QFrame):
    """One thing that is said: a caution, news, or an offer with its button."""

    taken = Signal()
    put_away = Signal()

    def __init__(self, theme: Theme, words: str, action: Action | None, *, calm: bool) -> None:
        super().__init__()
        self.action = action
        self.calm = calm
        self.setProperty("look", "offer" if calm else "notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = yielding(label(look="strong" if calm else "caution", wraps=True))
        icon, token = ("info-fill", Token.ACCENT) if calm else ("warning-fill", Token.CAUTION)
        self._do = None if action is None else KeyButton("", action[0])
        self._away = IconButton(theme, "x-bold", "Put away", size=16, look="tight", icon_alone=True)
        self._away.clicked.connect(self.put_away)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(self, 30), px(self, 5), px(self, 24), px(self, 5))
        row.setSpacing(px(self, 12))
        row.addWidget(Icon(theme, icon, token, 20))
        row.addWidget(self._words, 1)
        if self._do is not None:
            self._do.clicked.connect(self.taken)
            row.addWidget(self._do)
        row.addWidget(self._away)
        self.say(words, action)

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def say(self, words: str, action: Action | None) -> None:
        """Says it in other words."""
        self._words.setText(words)
        self.action = action
        self._away.setAccessibleDescription(words)

    def show_keys(self, *, takes: bool, first: bool) -> None:
        """Writes the keys on the buttons that they press now."""
        if self._do is not None and self.action is not None:
            self._do.say(cap(Command.TAKE_UP) if takes else "", self.action[0])
        self._away.setToolTip(f"Put away ({cap(Command.PUT_AWAY)})" if first else "Put away")
