"""What concerns the console itself: a line under the bar, there only while something is to be said."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from leaddesk.ui.console.parts import Icon, label, px
from leaddesk.ui.theme import Theme, Token


class Notice(QFrame):
    """Says several things at once, each until it is said otherwise."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._said: dict[str, str] = {}
        self._words = label(look="caution", wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(self, 30), px(self, 8), px(self, 24), px(self, 8))
        row.setSpacing(px(self, 12))
        row.addWidget(Icon(theme, "warning-fill", Token.CAUTION, 20))
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def words(self) -> str:
        """What is said now, empty for nothing."""
        return self._words.text()

    def say(self, topic: str, words: str) -> None:
        """Says something of a topic instead of what was said of it; nothing any more for empty words."""
        if self._said.get(topic, "") == words:
            return
        self._said[topic] = words
        self._words.setText("\n".join(filter(None, self._said.values())))
        self.setAccessibleName(self._words.text())
        self.setVisible(bool(self._words.text()))
