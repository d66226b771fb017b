"""Where things stand on the signing page: the bar above, the text beside the form, the bar below."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from leaddesk.policy.views import AgreementPaper
from leaddesk.ui.console.chips import Chooser
from leaddesk.ui.console.mark import mark
from leaddesk.ui.console.parts import Button, Icon, IconButton, framed, hairline, label, px, set_look
from leaddesk.ui.signing.steps import Steps
from leaddesk.ui.signing.words import LANGUAGES, Words
from leaddesk.ui.theme import Theme, Token

_SIDE, _GUTTER = 40, 32
_WIDEST = 1640
_LEAST = QSize(1200, 740)
"""What text and form side by side need, on the grid."""


class Frame(QObject):
    """Lays a signing page out around its parts, and shows what the page tells it."""

    def __init__(
        self, page: QWidget, theme: Theme, text: QWidget, form: Sequence[QWidget], read_back: QWidget
    ) -> None:
        super().__init__(page)
        self._page, self._theme = page, theme
        self.language = Chooser(theme, "Language")
        self.language.set_icons(dict.fromkeys(LANGUAGES, "translate-bold"))
        self.go_back, self.later = Button(), Button()
        self.later.setAccessibleName("Later")
        self.go_on = _Deliberate(
            theme, "arrow-right-bold", "Read it back", token=Token.ON_ACCENT, size=18, look="main"
        )
        self._steps = Steps(theme, 4)
        self._title, self._whose = label(look="title"), label(look="hint")
        self._ended = label(look="strong")
        self._ended_icon = Icon(theme, "circle-bold", Token.INK_2, 22)
        self._version = label(look="hint")
        self._first, self._second = label(wraps=True), label(look="hint", wraps=True)
        self._turn, self._missing = label(look="hint"), label(look="hint", wraps=True)
        self._stack = QStackedWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._above())
        inside = QWidget()
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._middle.setContentsMargins(px(page, _SIDE), px(page, 24), px(page, _SIDE), px(page, 24))
        self._middle.setSpacing(px(page, _GUTTER))
        self._middle.addWidget(self._reading(text), 100)
        self._middle.addWidget(self._filling(form, read_back), 96)
        # On a small screen, or with large type, what does not fit is scrolled to.
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        column.addWidget(scroll, 1)
        column.addWidget(self._below())

    def fit(self, size: QSize) -> None:
        """Puts text and form one under the other, and the buttons under what they are about, where room is scarce."""
        scarce = size.width() < px(self._page, _LEAST.width()) or size.height() < px(self._page, _LEAST.height())
        direction = QBoxLayout.Direction.TopToBottom if scarce else QBoxLayout.Direction.LeftToRight
        self._middle.setDirection(direction)
        self._foot.setDirection(direction)
        # On a wide screen the lines stay as long as they are read well.
        side = max(px(self._page, _SIDE), (size.width() - px(self._page, _WIDEST)) // 2)
        for layout in (self._head, self._middle, self._foot):
            around = layout.contentsMargins()
            layout.setContentsMargins(side, around.top(), side, around.bottom())
        self._card.setMinimumHeight(px(self._page, 260) if scarce else 0)
        for button, width in ((self.go_back, 168), (self.go_on, 216)):
            button.setMinimumWidth(0 if scarce else px(self._page, width))
        for part in (self._steps, self._whose):
            part.setVisible(not scarce)

    def offer_languages(self, languages: Sequence[tuple[str, str]]) -> None:
        """Offers the languages of the agreement, the first being chosen."""
        self.language.set_choices(languages, languages[0][0] if languages else "")

    def set_paper(self, paper: AgreementPaper, words: Words) -> None:
        """Shows whose agreement it is, and which version."""
        self._title.setText(paper.title)
        self._whose.setText("  ·  ".join(part for part in (paper.program, paper.group) if part))
        since = words.since.format(day=words.day(paper.in_force_since)) if paper.in_force_since else ""
        self._version.setText(
            ", ".join(part for part in (words.version.format(version=paper.version), since) if part)
        )
        self.language.setAccessibleName(words.language)
        self._text.setAccessibleName(words.agreement)

    def show_step(self, step: int, words: Words, *, read: bool) -> None:
        """Shows where the signer is, and whether the text has been read to its end."""
        told = words.step.format(number=step + 1, of=len(words.steps), name=words.steps[step])
        self._steps.show_step(step, words.steps, told)
        self._ended.setText(words.read if read else words.unread)
        self._ended_icon.set_icon("check-circle-fill" if read else "arrow-down-bold", Token.ACCENT)

    def show_checking(self, *, checking: bool) -> None:
        """Shows what is read back in the place of the form, or the form."""
        self._stack.setCurrentIndex(1 if checking else 0)

    def show_turn(self, words: str, later: str) -> None:
        """Shows which signer in turn this is, and the button that hands on unsigned; empty for none."""
        self._turn.setText(words)
        self._turn.setVisible(bool(words))
        self.later.setText(later)
        self.later.setAccessibleName(later)
        self.later.setVisible(bool(later))

    def show_choice(self, words: Words, missing: str, *, checking: bool) -> None:
        """The two buttons while filling in or checking, and what is still missing."""
        self._say(words.sealed, words.projector)
        self._buttons(words.back if checking else words.decline, words.done if checking else words.read_back)
        self.go_on.set_icon("check-bold" if checking else "arrow-right-bold", Token.ON_ACCENT)
        self.go_on.setEnabled(not missing)
        self._missing.setText(words.missing.get(missing, ""))
        self._missing.setVisible(bool(missing))
        self.go_on.setAccessibleDescription(words.missing.get(missing, ""))

    def show_declining(self, words: Words) -> None:
        """Asks once whether the signer declines, and says what that means."""
        self._say(words.decline_asked, words.decline_means)
        self._buttons(words.back, words.decline_yes)
        self.go_on.set_icon("prohibit-bold", Token.ON_ACCENT)
        self.go_on.setEnabled(True)
        self.go_on.setAccessibleDescription(words.decline_means)
        self._missing.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._card.setProperty("focused", "true" if event.type() is QEvent.Type.FocusIn else "false")
            self._card.style().unpolish(self._card)
            self._card.style().polish(self._card)
        return False

    def _say(self, first: str, second: str) -> None:
        self._first.setText(first)
        self._second.setText(second)

    def _buttons(self, back: str, on: str) -> None:
        self.go_back.setText(back)
        self.go_back.setAccessibleName(back)
        self.go_on.setText(f"{on} ")
        self.go_on.setAccessibleName(on)

    def _above(self) -> QFrame:
        bar = framed("bar")
        bar.setMinimumHeight(px(bar, 73))
        row = self._head = QHBoxLayout(bar)
        row.setContentsMargins(px(bar, _SIDE), px(bar, 8), px(bar, _SIDE), px(bar, 8))
        row.setSpacing(px(bar, 16))
        row.addWidget(_Mark(self._theme))
        names = QVBoxLayout()
        names.setSpacing(px(bar, 2))
        names.addStretch()
        names.addWidget(self._title)
        names.addWidget(self._whose)
        names.addStretch()
        row.addLayout(names)
        row.addStretch(3)
        row.addWidget(self._steps)
        row.addStretch(2)
        row.addWidget(self.language)
        return bar

    def _reading(self, text: QWidget) -> QFrame:
        card = framed("reading")
        self._text, self._card = text, card
        text.installEventFilter(self)
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        around = QVBoxLayout()
        around.setContentsMargins(px(card, 30), px(card, 22), px(card, 11), px(card, 18))
        around.addWidget(text)
        column.addLayout(around, 1)
        column.addWidget(hairline())
        row = QHBoxLayout()
        row.setContentsMargins(px(card, 31), px(card, 12), px(card, 31), px(card, 12))
        row.setSpacing(px(card, 10))
        row.addWidget(self._ended_icon)
        row.addWidget(self._ended)
        row.addStretch()
        row.addWidget(self._version)
        column.addLayout(row)
        return card

    def _filling(self, form: Sequence[QWidget], read_back: QWidget) -> QStackedWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(page, 14))
        for number, part in enumerate(form):
            column.addWidget(part, number)
        self._stack.addWidget(page)
        self._stack.addWidget(read_back)
        return self._stack

    def _below(self) -> QFrame:
        bar = framed("foot")
        bar.setMinimumHeight(px(bar, 80))
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight, bar)
        self._foot.setContentsMargins(px(bar, _SIDE), px(bar, 12), px(bar, _SIDE), px(bar, 12))
        self._foot.setSpacing(px(bar, 10))
        said, row = QHBoxLayout(), QHBoxLayout()
        for part in (said, row):
            part.setSpacing(px(bar, 10))
        said.addWidget(Icon(self._theme, "shield-check-bold", Token.ACCENT, 22))
        said.addLayout(_pair(self._first, self._second), 1)
        self._foot.addLayout(said, 380)
        self._foot.addLayout(row, 620)
        row.addLayout(_pair(self._turn, self._missing), 1)
        for button in (self.later, self.go_back, self.go_on):
            button.setMinimumHeight(px(bar, 48))
            row.addSpacing(px(bar, 6))
            row.addWidget(button)
        self.go_on.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        for button in (self.go_back, self.later):
            set_look(button, "large")
        for button in (self.go_back, self.later, self.go_on):
            button.setAutoDefault(True)
        return bar


class _Deliberate(IconButton):
    """A button that means something else after a press: neither a double click nor a held key presses both."""

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            event.accept()
        else:
            super().keyPressEvent(event)


class _Mark(QLabel):
    """The mark; it says nothing to a screen reader."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        side = px(self, 36)
        self.setPixmap(mark(theme, side, self.devicePixelRatio()).pixmap(side, side))


def _pair(first: QLabel, second: QLabel) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addStretch()
    column.addWidget(first)
    column.addWidget(second)
    column.addStretch()
    return column
