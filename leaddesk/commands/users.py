"""Who may unlock a desk: listed, added, changed, removed; passphrases and the paper key."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leaddesk.commands.common import Secrets, desk_options, file_type, json_option, opened_desk
from leaddesk.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leaddesk.policy.users import UsersView
    from leaddesk.services.desk import Desk

_attendee = click.option("--attendee", "name", required=True, metavar="NAME", help="Given and family name.")
_renew = click.option(
    "--renew-backups", "renew", is_flag=True, help="Make a new backup and remove those that the old key opens."
)
_role = click.option("--role", type=click.Choice(["chair", "scribe"]), required=True, help="What they may do.")


@click.group("users")
def users_() -> None:
    """Who may unlock the desk, and the paper key."""


@users_.command("list")
@desk_options
@json_option
def list_(folder: Path, slot: int | None, *, as_json: bool) -> None:
    """List the users by their slots."""
    with opened_desk(folder, slot) as desk:
        view = _view(desk)
    if as_json:
        rows = [
            {"name": row.name, "agency": row.agency, "role": row.app_role, "slot": row.slot, "you": row.me}
            for row in view.rows
        ]
        told = {"users": rows, "paper_key": view.has_paper_key}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for row in view.rows:
            click.echo(f"{row.found.title} · {row.found.detail}")
        click.echo("The desk has a paper key." if view.has_paper_key else "The desk has no paper key.")


@users_.command("add")
@desk_options
@_attendee
@_role
def add(folder: Path, slot: int | None, name: str, role: str) -> None:
    """Let somebody who attends unlock the desk; the new user types the passphrase."""
    from leaddesk.services import users
    from leaddesk.services.desk import Unit

    with opened_desk(folder, slot) as desk:
        desk.do(Unit.chair_only, "Adding a user")
        who = _one(((one.id, one.title) for one in _view(desk).candidates), name, "Nobody who could be added")
        users.add_user(desk, who, role, Secrets().new(f"Passphrase of {name}"))
    click.echo("They can unlock the desk now.")


@users_.command("role")
@desk_options
@_attendee
@_role
def role_(folder: Path, slot: int | None, name: str, role: str) -> None:
    """Change what a user may do, from the next time they unlock the desk."""
    from leaddesk.services import users
    from leaddesk.services.desk import Unit

    with opened_desk(folder, slot) as desk:
        desk.do(Unit.chair_only, "Changing what a user may do")
        desk.do(users.change_role, _user(desk, name), role)
    click.echo(f"They are {role} from the next time they unlock the desk.")


@users_.command("remove")
@desk_options
@_attendee
@click.option("--yes", is_flag=True, help="Don't ask whether it is meant.")
@_renew
def remove(folder: Path, slot: int | None, name: str, *, yes: bool, renew: bool) -> None:
    """Shut a user out. The desk gets a new key; everybody else keeps their passphrase."""
    from leaddesk.services import users
    from leaddesk.services.desk import Unit

    with opened_desk(folder, slot) as desk:
        desk.do(Unit.chair_only, "Removing a user")
        who = _user(desk, name)
        if not yes:
            _confirm("They can't unlock the desk any more; copies that they kept still open to them. Go on?")
        users.remove_user(desk, who, progress=_progress)
        _after_new_key(desk, renew=renew)
    click.echo("They can't unlock the desk any more. Everybody else keeps their passphrase.")


@users_.command("passphrase")
@desk_options
def passphrase(folder: Path, slot: int | None) -> None:
    """Change your own passphrase."""
    from leaddesk.services import users

    secrets = Secrets()
    old = secrets.next("Passphrase")
    with opened_desk(folder, slot, old) as desk:
        users.change_passphrase(desk, old, secrets.new("New passphrase"))
    click.echo("The new passphrase opens the desk now; the old one does not.")


@users_.command("paper-key")
@desk_options
@click.option("--sheet", type=file_type, default=None, metavar="FILE", help="Write the sheet to print, as a PDF.")
@_renew
def paper_key(folder: Path, slot: int | None, sheet: Path | None, *, renew: bool) -> None:
    """Make a new paper key: it is told once, typed back, and holds from then on; an earlier one opens nothing."""
    from leaddesk.services import exporting, paper_keys, papers, users

    if sheet is not None:
        exporting.refuse_existing(sheet)
    with opened_desk(folder, slot) as desk:
        fresh = paper_keys.for_desk(desk)
        if sheet is None:
            click.echo(f"Write this on paper, it is not told again: {' '.join(fresh.sheet.groups)}")
        else:
            exporting.write_new(papers.print_paper_key(fresh), sheet)
            click.echo(f"Print {sheet.name}, then delete the file.")
        fresh.read_back(Secrets().typed_back("Type the key back from the paper"))
        users.replace_paper_key(desk, fresh, progress=_progress)
        _after_new_key(desk, renew=renew)
    click.echo("This paper key holds now; an earlier one opens nothing any more.")


def _after_new_key(desk: "Desk", *, renew: bool) -> None:
    """Makes a new backup in the place of those that the old key opens, or names them."""
    from leaddesk import paths
    from leaddesk.services import backups

    drive = paths.backup_drive()
    if renew:
        backups.make_anew(desk, drive=drive)
    for file in backups.old_backups(desk, drive):
        click.echo(f"The old key still opens this backup: {file}")


def _view(desk: "Desk") -> "UsersView":
    from leaddesk.services.users import list_users

    return desk.do(list_users, desk.everyday, has_paper_key=desk.has_paper_key)


def _user(desk: "Desk", name: str) -> str:
    """The id of the user who is called this."""
    return _one(((row.id, row.name) for row in _view(desk).rows), name, "No user")


def _one(named: "Iterable[tuple[str, str]]", name: str, nobody: str) -> str:
    wanted = " ".join(name.split()).casefold()
    found = [id_ for id_, words in named if words.casefold() == wanted]
    if len(found) != 1:
        why = f"{nobody} is called that." if not found else "Several are called that."
        raise KnownError(why, kept="Nothing was changed.", todo="See `users list`, or do it in the windows.")
    return found[0]


def _confirm(question: str) -> None:
    """Returns if it is meant.

    Raises:
        KnownError: it is not, or nobody is there to be asked.
    """
    if not sys.stdin.isatty():
        raise KnownError("This can't be undone.", kept="Nothing was changed.", todo="Give --yes if it is meant.")
    if not click.confirm(question, err=True):
        raise KnownError("Nobody was removed.", kept="Nothing was changed.")


def _progress(pages: int, whole: int) -> None:
    """How far the new key has come, on a terminal alone."""
    if sys.stderr.isatty():
        click.echo(f"\rNew key: {100 * pages // max(whole, 1)} %", err=True, nl=pages == whole)
