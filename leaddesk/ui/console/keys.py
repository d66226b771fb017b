"""The commands of the console as data: what each is called, where it stands in the menu, and its keys.

The menu, the sheet of keys and the README are made from this one table. A site remaps a command by handing the
window a table of its own.
"""

from dataclasses import dataclass
from enum import StrEnum


class Command(StrEnum):
    """Something the user can ask for from anywhere in the console."""

    NEXT = "next"
    BACK = "back"
    SHOW_SELECTED = "show_selected"
    ITEM_UP = "item_up"
    ITEM_DOWN = "item_down"
    MOVE_UP = "move_up"
    MOVE_DOWN = "move_down"
    IDLE = "idle"
    BLANK = "blank"
    FREEZE = "freeze"
    CONFLICTS = "conflicts"
    WALK_IN = "walk_in"
    WIDEN = "widen"
    CHECK_IN = "check_in"
    PREFLIGHT = "preflight"
    HEARING = "hearing"
    TO_MEETING = "to_meeting"
    OPEN_MEETING = "open_meeting"
    READ_STATEMENT = "read_statement"
    CLOSE_MEETING = "close_meeting"
    FINALIZE = "finalize"
    APPROVE = "approve"
    REOPEN = "reopen"
    AMEND = "amend"
    KIND_UPDATE = "kind_update"
    KIND_DECISION = "kind_decision"
    KIND_ACTION = "kind_action"
    KIND_PRIORITY = "kind_priority"
    KIND_PLACE = "kind_place"
    KIND_AGENDA = "kind_agenda"
    KIND_OUTCOME = "kind_outcome"
    MEND_ENTRY = "mend_entry"
    RANK_UP = "rank_up"
    RANK_DOWN = "rank_down"
    ACTIONS = "actions"
    DISCUSSED = "discussed"
    VOICES = "voices"
    TIME_SIGN = "time_sign"
    UNDO = "undo"
    MEND = "mend"
    TAKE_UP = "take_up"
    PUT_AWAY = "put_away"
    FIND = "find"
    LEDGER = "ledger"
    NEW_AGREEMENT = "new_agreement"
    BACKUPS = "backups"
    USERS = "users"
    KEYS = "keys"
    CONSOLE_AS_SYSTEM = "console_as_system"
    CONSOLE_LIGHT = "console_light"
    CONSOLE_DARK = "console_dark"
    CONSOLE_CONTRAST = "console_contrast"
    CONSOLE_CONTRAST_DARK = "console_contrast_dark"
    PROJECTOR_LIGHT = "projector_light"
    PROJECTOR_DARK = "projector_dark"
    TEXT_AS_SYSTEM = "text_as_system"
    TEXT_100 = "text_100"
    TEXT_125 = "text_125"
    TEXT_150 = "text_150"
    TEXT_200 = "text_200"
    HAND_OVER = "hand_over"
    LOCK = "lock"


class Section(StrEnum):
    """A part of the menu, in words."""

    AGENDA = "Agenda"
    PROJECTOR = "Projector"
    ROOM = "Room"
    MEETING = "Meeting"
    ENTRY = "Entry line"
    DESK = "Desk"
    APPEARANCE = "Appearance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A command, its name in the menu, and the keys that ask for it."""

    command: Command
    section: Section
    words: str
    anywhere: tuple[str, ...] = ()
    """Keys that work wherever the focus is, in Qt's portable words; the first is the one that is shown."""
    outside_text: tuple[str, ...] = ()
    """Keys that work only where nothing that has the focus wants them: a text, a button, a list."""


KEYS: tuple[Key, ...] = (
    Key(
        command=Command.NEXT,
        section=Section.PROJECTOR,
        words="Next page or item",
        anywhere=("PgDown",),
        outside_text=("Space", "Right"),
    ),
    Key(
        command=Command.BACK,
        section=Section.PROJECTOR,
        words="Back one page or item",
        anywhere=("PgUp",),
        outside_text=("Left",),
    ),
    Key(
        command=Command.SHOW_SELECTED,
        section=Section.PROJECTOR,
        words="Show the selected item",
        anywhere=("Ctrl+Return", "Ctrl+Enter"),
    ),
    Key(command=Command.IDLE, section=Section.PROJECTOR, words="Idle card"),
    Key(command=Command.BLANK, section=Section.PROJECTOR, words="Blank the screen", anywhere=("F9",)),
    Key(command=Command.FREEZE, section=Section.PROJECTOR, words="Freeze the screen", anywhere=("F7",)),
    Key(command=Command.PREFLIGHT, section=Section.ROOM, words="Pre-flight", anywhere=("F4",)),
    Key(command=Command.HEARING, section=Section.ROOM, words="Who here may hear this", anywhere=("Ctrl+H",)),
    Key(
        command=Command.TO_MEETING,
        section=Section.MEETING,
        words="From another page back to the meeting",
        outside_text=("Esc",),
    ),
    Key(command=Command.OPEN_MEETING, section=Section.MEETING, words="Open the meeting"),
    Key(command=Command.READ_STATEMENT, section=Section.MEETING, words="The confidentiality statement was read"),
    Key(command=Command.APPROVE, section=Section.MEETING, words="The group approves the last minutes"),
    Key(command=Command.CLOSE_MEETING, section=Section.MEETING, words="Close the meeting"),
    Key(command=Command.FINALIZE, section=Section.MEETING, words="Finalize the minutes"),
    Key(command=Command.REOPEN, section=Section.MEETING, words="Reopen the minutes"),
    Key(command=Command.AMEND, section=Section.MEETING, words="Amend the last minutes"),
    Key(command=Command.CHECK_IN, section=Section.ROOM, words="Check in", anywhere=("Ctrl+I",)),
    Key(command=Command.CONFLICTS, section=Section.ROOM, words="Conflicts disclosed"),
    Key(command=Command.VOICES, section=Section.ROOM, words="Kinds of voice that should be there"),
    Key(command=Command.WALK_IN, section=Section.ROOM, words="Walk-in", anywhere=("F8",)),
    Key(command=Command.WIDEN, section=Section.ROOM, words="Let the room see more", anywhere=("F6",)),
    Key(command=Command.MEND, section=Section.AGENDA, words="Mend a fact of the item", anywhere=("F2",)),
    Key(command=Command.ITEM_UP, section=Section.AGENDA, words="Select the item before", outside_text=("Up",)),
    Key(command=Command.ITEM_DOWN, section=Section.AGENDA, words="Select the item after", outside_text=("Down",)),
    Key(command=Command.MOVE_UP, section=Section.AGENDA, words="Move the item up", anywhere=("Alt+Up",)),
    Key(command=Command.MOVE_DOWN, section=Section.AGENDA, words="Move the item down", anywhere=("Alt+Down",)),
    Key(command=Command.DISCUSSED, section=Section.AGENDA, words="Discussed, or not", anywhere=("Ctrl+D",)),
    Key(command=Command.TIME_SIGN, section=Section.AGENDA, words="Say when the time of an item is up, or not"),
    Key(command=Command.RANK_UP, section=Section.AGENDA, words="Rank the place higher", anywhere=("Alt+Shift+Up",)),
    Key(
        command=Command.RANK_DOWN, section=Section.AGENDA, words="Rank the place lower", anywhere=("Alt+Shift+Down",)
    ),
    Key(command=Command.ACTIONS, section=Section.AGENDA, words="The item's actions", anywhere=("Ctrl+J",)),
    Key(command=Command.KIND_UPDATE, section=Section.ENTRY, words="An update", anywhere=("Ctrl+1",)),
    Key(command=Command.KIND_DECISION, section=Section.ENTRY, words="A decision", anywhere=("Ctrl+2",)),
    Key(command=Command.KIND_ACTION, section=Section.ENTRY, words="An action", anywhere=("Ctrl+3",)),
    Key(command=Command.KIND_PRIORITY, section=Section.ENTRY, words="A change of rank", anywhere=("Ctrl+4",)),
    Key(command=Command.KIND_PLACE, section=Section.ENTRY, words="A new priority", anywhere=("Ctrl+5",)),
    Key(command=Command.KIND_AGENDA, section=Section.ENTRY, words="Something for the agenda", anywhere=("Ctrl+6",)),
    Key(command=Command.KIND_OUTCOME, section=Section.ENTRY, words="What came of the item", anywhere=("Ctrl+7",)),
    Key(command=Command.MEND_ENTRY, section=Section.ENTRY, words="Mend what was filed last", anywhere=("Ctrl+E",)),
    Key(command=Command.UNDO, section=Section.ENTRY, words="Undo", anywhere=("Ctrl+Z",)),
    Key(command=Command.TAKE_UP, section=Section.DESK, words="Take up what the notice offers", anywhere=("F3",)),
    Key(command=Command.PUT_AWAY, section=Section.DESK, words="Put the notice away", anywhere=("Shift+F3",)),
    Key(command=Command.FIND, section=Section.DESK, words="Find or do anything", anywhere=("Ctrl+K",)),
    Key(command=Command.LEDGER, section=Section.DESK, words="Ledger"),
    Key(command=Command.NEW_AGREEMENT, section=Section.DESK, words="New version of the agreement"),
    Key(command=Command.BACKUPS, section=Section.DESK, words="Backups"),
    Key(command=Command.USERS, section=Section.DESK, words="Users and keys"),
    Key(command=Command.KEYS, section=Section.DESK, words="Sheet of keys", anywhere=("F1",)),
    Key(
        command=Command.HAND_OVER,
        section=Section.DESK,
        words="Hand over to another user",
        anywhere=("Ctrl+Shift+L",),
    ),
    Key(command=Command.LOCK, section=Section.DESK, words="Lock", anywhere=("Ctrl+L",)),
    Key(command=Command.CONSOLE_AS_SYSTEM, section=Section.APPEARANCE, words="Console as the system"),
    Key(command=Command.CONSOLE_LIGHT, section=Section.APPEARANCE, words="Console light"),
    Key(command=Command.CONSOLE_DARK, section=Section.APPEARANCE, words="Console dark"),
    Key(command=Command.CONSOLE_CONTRAST, section=Section.APPEARANCE, words="Console high contrast"),
    Key(
        command=Command.CONSOLE_CONTRAST_DARK,
        section=Section.APPEARANCE,
        words="Console high contrast, white on black",
    ),
    Key(command=Command.PROJECTOR_LIGHT, section=Section.APPEARANCE, words="Projector light"),
    Key(command=Command.PROJECTOR_DARK, section=Section.APPEARANCE, words="Projector dark"),
    Key(command=Command.TEXT_AS_SYSTEM, section=Section.APPEARANCE, words="Text as large as the system’s"),
    Key(command=Command.TEXT_100, section=Section.APPEARANCE, words="Text at 100 %"),
    Key(command=Command.TEXT_125, section=Section.APPEARANCE, words="Text at 125 %"),
    Key(command=Command.TEXT_150, section=Section.APPEARANCE, words="Text at 150 %"),
    Key(command=Command.TEXT_200, section=Section.APPEARANCE, words="Text at 200 %"),
)

_ON_THE_KEYCAP = {"PgDown": "PgDn", "Return": "Enter"}


def key_words(sequence: str) -> str:
    """A key as its cap and the README write it: ``Ctrl+Enter`` for ``Ctrl+Return``."""
    return "+".join(_ON_THE_KEYCAP.get(part, part) for part in sequence.split("+"))


def cap(command: Command, keys: tuple[Key, ...] = KEYS) -> str:
    """The first key of a command, as its cap is written; empty where it has none."""
    return next((key_words(s) for key in keys if key.command is command for s in key.anywhere), "")
