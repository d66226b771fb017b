"""What can be wrong with a desk, each in its own plain sentences; none of them has changed anything on disk."""

from typing import Literal

from leaddesk.errors import KnownError

#: The two things that make a desk: the key file and the encrypted database.
DeskPart = Literal["header", "database"]

_NOTHING_CHANGED = "Nothing on disk was changed."


class NoDesk(KnownError):
    """The folder holds no desk."""

    def __init__(self) -> None:
        super().__init__(
            "There is no desk in this folder.",
            kept=_NOTHING_CHANGED,
            todo="Choose the folder that holds desk.db and keys.json, or make a new desk.",
        )


class DeskExists(KnownError):
    """A desk was to be made where one is already, or parts of one."""

    def __init__(self) -> None:
        super().__init__(
            "This folder already holds a desk, or files of one.",
            kept=_NOTHING_CHANGED,
            todo="Open that desk, or choose an empty folder for the new one.",
        )


class UnsafeFolder(KnownError):
    """The folder is no place for a desk; the first sentence says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            reason,
            kept=_NOTHING_CHANGED,
            todo="Choose a folder of its own on this computer's own disk that no program copies elsewhere.",
        )


class AlreadyOpen(KnownError):
    """Another window or program has this desk open."""

    def __init__(self) -> None:
        super().__init__(
            "This desk is already open.",
            kept=_NOTHING_CHANGED,
            todo="Use the LeadDesk that has it open, or lock or close that one first.",
        )


class WrongPassphrase(KnownError):
    """The passphrase opens no user's slot of this desk."""

    def __init__(
        self,
        happened: str = "This passphrase does not open the desk.",
        todo: str = "Check Caps Lock and the keyboard layout, and try again.",
    ) -> None:
        super().__init__(happened, kept=_NOTHING_CHANGED, todo=todo)


class TakenPassphrase(KnownError):
    """A new passphrase that is another user's already: who signs in with it could not be told."""

    def __init__(self) -> None:
        super().__init__(
            "This passphrase opens the desk already.",
            kept=_NOTHING_CHANGED,
            todo="Take another one: each user has a passphrase of their own.",
        )


class WrongPaperKey(WrongPassphrase):
    """The paper key is well formed and not this desk's."""

    def __init__(self) -> None:
        super().__init__(
            "This paper key does not open the desk.",
            "Take the newest sheet: an earlier one opens nothing any more, and each desk has its own.",
        )


class DamagedDesk(KnownError):
    """The key file or the database is not what LeadDesk wrote.

    Attributes:
        part: ``header`` for the key file keys.json, ``database`` for desk.db.
    """

    def __init__(self, part: DeskPart, reason: str) -> None:
        if part == "header":
            todo = (
                "Make a copy of the whole folder, then put a copy of keys.previous.json in the place of "
                "keys.json and try again; if that fails, restore a backup."
            )
        else:
            todo = "Make a copy of the whole folder, then restore the newest backup."
        super().__init__(reason, kept=_NOTHING_CHANGED, todo=todo)
        self.part: DeskPart = part


class HeaderMismatch(KnownError):
    """Key file and database are each sound, yet one is older than the other: somebody put an old one back."""

    def __init__(self, older: DeskPart) -> None:
        super().__init__(
            "The key file is not the one that this database was last used with."
            if older == "header"
            else "The database is older than the key file beside it: later changes are missing.",
            kept=_NOTHING_CHANGED,
            todo="Put back the files that belong together, or restore the newest backup.",
        )
        self.older: DeskPart = older


class NewerDesk(KnownError):
    """A later LeadDesk wrote the key file or the database.

    Attributes:
        part: ``header`` for the key file keys.json, ``database`` for desk.db.
    """

    def __init__(self, part: DeskPart) -> None:
        what = "key file" if part == "header" else "database"
        super().__init__(
            f"The {what} of this desk was written by a newer LeadDesk.",
            kept=_NOTHING_CHANGED,
            todo="Update LeadDesk on this computer, then open the desk again.",
        )
        self.part: DeskPart = part


class DiskRefused(KnownError):
    """The system would not let the database be read or written: full, write-protected or taken away."""

    def __init__(self) -> None:
        super().__init__(
            "The disk refused: the desk could not be read or written.",
            kept="Everything saved before is still there.",
            todo="Check that the disk is connected, not full and not write-protected, then try again.",
        )


class DeskBusy(KnownError):
    """Something else was being written, or the key file was being changed, for longer than anybody waits."""

    def __init__(self) -> None:
        super().__init__(
            "The desk is busy with something else.",
            kept="Everything saved before is still there.",
            todo="Try again in a moment.",
        )


class DeskLocked(KnownError):
    """The desk was locked while something still wanted it."""

    def __init__(self) -> None:
        super().__init__(
            "The desk is locked.",
            kept="Everything saved before is still there.",
            todo="Unlock it with your passphrase.",
        )
