"""How LeadDesk looks on this computer: what its user chose, and where they chose nothing, what the system says."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Self, TypeAlias, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QFontDatabase
from PySide6.QtWidgets import QApplication, QMenu

from leaddesk import platforms
from leaddesk.ui.console.keys import KEYS, Command
from leaddesk.ui.theme import Theme, ThemeName, apply, body_font, font_scale, recolor, within_scales

E = TypeVar("E", bound=StrEnum)
Choose: TypeAlias = "Callable[[Appearance], Appearance]"
_ROUGHLY = 0.01
"""Letters that differ by less are equally large."""


class TextSize(StrEnum):
    """How large letters are that do not follow the system, in percent."""

    USUAL = "100"
    LARGE = "125"
    LARGER = "150"
    LARGEST = "200"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """What the user of this computer chose; ``None`` follows the system."""

    console: ThemeName | None = None
    projector: ThemeName = ThemeName.LIGHT
    text: TextSize | None = None

    @classmethod
    def of(cls, kept: Mapping[str, object]) -> Self:
        """What was kept as `facts`; whatever of it is missing or not understood is as if it had not been chosen."""
        return cls(
            console=_one_of(ThemeName, kept.get("console")),
            projector=_one_of(ThemeName, kept.get("projector")) or ThemeName.LIGHT,
            text=_one_of(TextSize, kept.get("text")),
        )

    @property
    def facts(self) -> dict[str, str | None]:
        """What is to be kept, by name."""
        return asdict(self)

    @property
    def chosen(self) -> frozenset[Command]:
        """The commands whose choice is in force."""
        return frozenset(command for command, choose in CHOICES.items() if choose(self) == self)


def _one_of(kind: type[E], kept: object) -> E | None:
    return next((one for one in kind if one.value == kept), None)


def _console(theme: ThemeName | None) -> Choose:
    return lambda now: replace(now, console=theme)


def _projector(theme: ThemeName) -> Choose:
    return lambda now: replace(now, projector=theme)


def _text(size: TextSize | None) -> Choose:
    return lambda now: replace(now, text=size)


#: What each command of the menu *Appearance* makes of what was chosen before.
CHOICES: dict[Command, Choose] = {
    Command.CONSOLE_AS_SYSTEM: _console(None),
    Command.CONSOLE_LIGHT: _console(ThemeName.LIGHT),
    Command.CONSOLE_DARK: _console(ThemeName.DARK),
    Command.CONSOLE_CONTRAST: _console(ThemeName.HIGH_CONTRAST),
    Command.CONSOLE_CONTRAST_DARK: _console(ThemeName.HIGH_CONTRAST_DARK),
    Command.PROJECTOR_LIGHT: _projector(ThemeName.LIGHT),
    Command.PROJECTOR_DARK: _projector(ThemeName.DARK),
    Command.TEXT_AS_SYSTEM: _text(None),
    Command.TEXT_100: _text(TextSize.USUAL),
    Command.TEXT_125: _text(TextSize.LARGE),
    Command.TEXT_150: _text(TextSize.LARGER),
    Command.TEXT_200: _text(TextSize.LARGEST),
}
#: The first command of each kind of choice but the first kind.
FIRST_OF_KIND = frozenset({Command.PROJECTOR_LIGHT, Command.TEXT_AS_SYSTEM})


def mark_chosen(actions: Mapping[Command, QAction], chosen: frozenset[Command]) -> None:
    """Marks the actions of the choices that are in force."""
    for command, action in actions.items():
        action.setChecked(command in chosen)


def fill(menu: QMenu, choose: Callable[[Command], None]) -> dict[Command, QAction]:
    """Puts the choices into a menu where the console's is not at hand, and gives what there is of each."""
    menu.setProperty("look", "choices")
    actions = {}
    for key in (key for key in KEYS if key.command in CHOICES):
        if key.command in FIRST_OF_KIND:
            menu.addSeparator()
        action = actions[key.command] = menu.addAction(key.words)
        action.setCheckable(True)
        action.triggered.connect(lambda _=False, command=key.command: choose(command))
    return actions


def nearest(colors: Qt.ColorScheme, contrast: Qt.ContrastPreference) -> ThemeName:
    """The shipped theme for what a system says of itself; one that says nothing is light."""
    dark = colors is Qt.ColorScheme.Dark
    if contrast is Qt.ContrastPreference.HighContrast:
        return ThemeName.HIGH_CONTRAST_DARK if dark else ThemeName.HIGH_CONTRAST
    return ThemeName.DARK if dark else ThemeName.LIGHT


class System(QObject):
    """What the system's own settings ask for, and that they have changed."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._hints = app.styleHints()
        self._hints.colorSchemeChanged.connect(self.changed)
        self._hints.accessibility().contrastPreferenceChanged.connect(self.changed)
        # Qt tells nothing of the system's letters once the application has its own: whoever changes them comes back.
        app.applicationStateChanged.connect(self.changed)

    @property
    def theme(self) -> ThemeName:
        """The shipped theme that is nearest to the system's."""
        return nearest(self._hints.colorScheme(), self._hints.accessibility().contrastPreference())

    @property
    def scale(self) -> float:
        """How much larger than usual the system's letters are."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        return within_scales(font.pointSizeF() / platforms.USUAL_TEXT_POINTS)


class Dresser(QObject):
    """Dresses the application, and all its windows as they are.

    Args:
        app: the application.
        system: what the system asks for.
        kept: what was chosen before, by name.
        keep: keeps what is chosen for the next start.
    """

    recolored = Signal()
    """The windows are to be painted in other colors: `themes`."""
    outgrown = Signal()
    """Letters have another size, and windows that there are were made for the size before."""

    def __init__(
        self,
        app: QApplication,
        system: System,
        kept: Mapping[str, object],
        keep: Callable[[dict[str, str | None]], None],
    ) -> None:
        super().__init__()
        self._app, self._system, self._keep = app, system, keep
        self.appearance = Appearance.of(kept)
        self._themes, self._scale = self._wanted()
        apply(app, self._themes[1], self._scale)
        self._dressed_at = font_scale()
        system.changed.connect(self._follow)

    @property
    def themes(self) -> tuple[Theme, Theme]:
        """The projector's and the console's."""
        return self._themes

    def choose(self, command: Command) -> None:
        """Takes a choice of the menu *Appearance*: at once, and for the next start."""
        self.appearance = CHOICES[command](self.appearance)
        self._keep(self.appearance.facts)
        self._follow()
        # A choice may look the same as the one before, such as light and a system that is light.
        self.recolored.emit()

    def _wanted(self) -> tuple[tuple[Theme, Theme], float]:
        chosen, system = self.appearance, self._system
        themes = Theme.load(chosen.projector), Theme.load(chosen.console or system.theme)
        return themes, system.scale if chosen.text is None else int(chosen.text) / 100

    def _follow(self) -> None:
        """Looks at what was chosen and at the system, and does what differs from before."""
        (themes, scale), before = self._wanted(), (self._themes, self._scale)
        self._themes, self._scale = themes, scale
        if themes != before[0]:
            recolor(self._app, themes[1])
            self.recolored.emit()
        if abs(scale - before[1]) > _ROUGHLY:
            self._app.setFont(body_font(scale))

    def look_at_font(self) -> None:
        """The application has another font, whoever gave it: the stylesheet's sizes go with it, and so do windows."""
        if abs(font_scale() - self._dressed_at) > _ROUGHLY:
            self._dressed_at = font_scale()
            recolor(self._app, self._themes[1])
            self.outgrown.emit()
