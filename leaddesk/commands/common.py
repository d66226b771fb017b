"""What the commands share: options, exit codes, secrets as somebody types them, an opened desk."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from leaddesk.errors import KnownError

if TYPE_CHECKING:
    from leaddesk.services.desk import Desk

FOUND, UNREADABLE = 1, 2

Command = TypeVar("Command", bound=Callable[..., Any])

file_type = click.Path(exists=False, dir_okay=False, path_type=Path)
folder_type = click.Path(exists=False, file_okay=False, path_type=Path)
json_option = click.option("--json", "as_json", is_flag=True, help="Machine-readable output.")


slot_option = click.option(
    "--slot",
    type=click.IntRange(1),
    default=None,
    metavar="N",
    help="Your slot's number, as `users list` tells it: only this one is tried, which is faster.",
)


def desk_options(command: Command) -> Command:
    """Gives a command the desk to open, as ``folder``, and the one slot to try, as ``slot``."""
    return click.option(
        "--desk", "folder", type=folder_type, required=True, metavar="DIR", help="The desk's folder."
    )(slot_option(command))


class Secrets:
    """Passphrases as the user gives them: asked on a terminal, else the next line of standard input.

    Never an argument or a variable: those are seen by every other program and kept by shells.
    """

    def next(self, prompt: str) -> str:
        """The next secret.

        Raises:
            KnownError: there is no further line, or it is no text in UTF-8.
        """
        try:
            secret = getpass(f"{prompt}: ") if sys.stdin.isatty() else self._line()
        except (EOFError, UnicodeDecodeError):
            secret = ""
        if not secret:
            raise KnownError(
                "No passphrase was given.",
                kept="Nothing was opened.",
                todo="Type it when asked, or give it as a line of standard input.",
            )
        return secret

    def new(self, prompt: str) -> str:
        """A new secret; on a terminal, where nobody sees what they type, it is asked for twice.

        Raises:
            KnownError: there is no further line, or the two are not the same.
        """
        secret = self.next(prompt)
        if sys.stdin.isatty() and self.next("The same again") != secret:
            raise KnownError("The two passphrases are not the same.", kept="Nothing was changed.", todo="Try again.")
        return secret

    def typed_back(self, prompt: str) -> str:
        """What somebody types who sees it on paper: it is shown as it is typed; empty where there is nothing more."""
        if sys.stdin.isatty():
            return str(click.prompt(prompt, default="", show_default=False, err=True))
        return self._line()

    @staticmethod
    def _line() -> str:
        line: bytes = sys.stdin.buffer.readline()
        return line.decode().rstrip("\r\n")


@contextmanager
def opened_desk(folder: Path, slot: int | None, passphrase: str | None = None) -> Iterator["Desk"]:
    """The desk in a folder, opened with the passphrase that is given or else asked for, and locked in the end."""
    from leaddesk.services.opening import sign_in

    desk = sign_in(folder, passphrase or Secrets().next("Passphrase"), clock=lambda: datetime.now(UTC), slot=slot)
    try:
        yield desk
    finally:
        desk.lock()


def counted(number: int, what: str) -> str:
    """A number with its word: 1 note, 2 notes."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
