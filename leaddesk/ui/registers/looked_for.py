"""What people look for with Ctrl+K and is called otherwise: further words, and what is done somewhere else."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from leaddesk.ui.console.keys import Command
from leaddesk.ui.console.rail import PageName

C = Command
_THEME, _SIZE = "theme colors appearance", "font size zoom letters larger smaller"

#: Words by which a command is found besides those that it is called by; never shown.
COMMANDS: Mapping[Command, str] = MappingProxyType(
    {
        C.NEXT: "forward advance slide remote",
        C.BACK: "previous slide remote",
        C.SHOW_SELECTED: "present project display live",
        C.IDLE: "public hide title slide",
        C.BLANK: "black dark hide off projector",
        C.FREEZE: "hold still pause projector",
        C.PREFLIGHT: "preview rehearse what if must ends",
        C.HEARING: "speak say aloud told spoken verbal disclose",
        C.TO_MEETING: "leave close page return",
        C.OPEN_MEETING: "start begin",
        C.READ_STATEMENT: "confidentiality",
        C.APPROVE: "accept",
        C.CLOSE_MEETING: "end finish adjourn stop",
        C.FINALIZE: "finish version print",
        C.REOPEN: "correct change edit",
        C.AMEND: "correct change edit amendment",
        C.CHECK_IN: "attendance arrive arrival leave late door sign in agreement paper",
        C.CONFLICTS: "recuse recusal exclusion confirm clear",
        C.VOICES: "roles missing attendance represented",
        C.WALK_IN: "stranger guest visitor newcomer unknown",
        C.WIDEN: "confirm reveal show widen",
        C.MEND: "edit change fix correct release involvement exclusion grant agreement sign",
        C.ITEM_UP: "previous",
        C.ITEM_DOWN: "next",
        C.MOVE_UP: "reorder earlier",
        C.MOVE_DOWN: "reorder later",
        C.DISCUSSED: "done check tick mark",
        C.TIME_SIGN: "timer alarm clock minutes over",
        C.RANK_UP: "priority location",
        C.RANK_DOWN: "priority location",
        C.ACTIONS: "tasks to do done not possible",
        C.KIND_UPDATE: "note news write add",
        C.KIND_DECISION: "decide agreed write add",
        C.KIND_ACTION: "task to do assign owner due add",
        C.KIND_PRIORITY: "location place",
        C.KIND_PLACE: "location place add",
        C.KIND_AGENDA: "topic item add",
        C.KIND_OUTCOME: "result minutes",
        C.MEND_ENTRY: "edit change correct wording",
        C.UNDO: "take back revert mistake",
        C.TAKE_UP: "accept offer message",
        C.PUT_AWAY: "dismiss message",
        C.FIND: "search",
        C.LEDGER: "audit log disclosures accounting history verify tampering",
        C.NEW_AGREEMENT: "template confidentiality supersede text",
        C.BACKUPS: "copy save drive usb",
        C.USERS: "passphrase password paper scribe chair account",
        C.KEYS: "help shortcuts keyboard",
        C.HAND_OVER: "switch change log in",
        C.LOCK: "log out sign out quit exit close",
        C.CONSOLE_AS_SYSTEM: _THEME,
        C.CONSOLE_LIGHT: f"{_THEME} day",
        C.CONSOLE_DARK: f"{_THEME} night",
        C.CONSOLE_CONTRAST: f"{_THEME} accessibility",
        C.CONSOLE_CONTRAST_DARK: f"{_THEME} accessibility night",
        C.PROJECTOR_LIGHT: _THEME,
        C.PROJECTOR_DARK: _THEME,
        C.TEXT_AS_SYSTEM: _SIZE,
        C.TEXT_100: _SIZE,
        C.TEXT_125: _SIZE,
        C.TEXT_150: _SIZE,
        C.TEXT_200: _SIZE,
    }
)

#: The same for the pages of the rail.
PAGES: Mapping[PageName, str] = MappingProxyType(
    {
        PageName.PREPARE: "plan schedule new next meeting agenda template series expected regulars date",
        PageName.MEETING: "console room live",
        PageName.PARTICIPANTS: "roster release involve exclude grant case code",
        PageName.PLACES: "location priorities rank evidence",
        PageName.ACTIONS: "tasks to do open overdue",
        PageName.PEOPLE: "attendees agencies officers roster",
        PageName.DOCUMENTS: "print pdf minutes agreement paper save copy",
    }
)


class Elsewhere(NamedTuple):
    """Something that this window does not do, and where it is done."""

    title: str
    where: str
    also: str


# A desk that is open here can't be opened by a terminal.
_TERMINAL = "Lock, then in a terminal: leaddesk"
_FILES = "spreadsheet excel csv xlsx load upload"

ELSEWHERE = (
    Elsewhere("Import a roster of participants", f"{_TERMINAL} import participants FILE --desk DIR", _FILES),
    Elsewhere("Import those who attend", f"{_TERMINAL} import attendees FILE --desk DIR", f"{_FILES} people list"),
    Elsewhere("Export all facts", f"{_TERMINAL} export --desk DIR --out FILE", "json save download data"),
    Elsewhere("Restore a backup", "Lock, then Restore a backup on the unlock window", "recover"),
    Elsewhere("Another desk, new or old", "Lock, and choose it on the unlock window", "open switch make"),
)
