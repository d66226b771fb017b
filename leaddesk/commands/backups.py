"""Backups: one made, one restored, and the paper key's way to a new passphrase."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from leaddesk.commands.common import Secrets, desk_options, file_type, folder_type, json_option, opened_desk
from leaddesk.errors import KnownError


@click.command("backup")
@desk_options
@click.argument("file", type=file_type)
@json_option
def backup(folder: Path, slot: int | None, file: Path, *, as_json: bool) -> None:
    """Write the whole desk to FILE, verified and as encrypted as the desk; nothing is overwritten."""
    from leaddesk.services import backups

    backups.refuse_existing(file)
    with opened_desk(folder, slot) as desk:
        made = backups.back_up_to(desk, file)
    if as_json:
        click.echo(json.dumps({"file": str(made.file), "bytes": made.size, "verified": True}, indent=2))
    else:
        click.echo(f"{file.name} was written and verified, {made.size:,} bytes. It opens with today's passphrases.")


@click.command("restore")
@click.argument("file", type=file_type)
@click.argument("folder", type=folder_type)
@json_option
def restore(file: Path, folder: Path, *, as_json: bool) -> None:
    """Make the backup in FILE a desk again in FOLDER, which must be new, by a passphrase or the paper key.

    With the paper key it asks for a new passphrase for the chair as well.
    """
    from leaddesk.services import opening, restoring

    secrets = Secrets()
    secret = secrets.next("A passphrase of that day, or the paper key")
    restored = restoring.restore(file, folder, secret, clock=_now)
    if as_json:
        facts = {
            "folder": str(restored.folder),
            "made_at": restored.at.isoformat(timespec="seconds"),
            "days_old": restored.age.days,
            "needs_passphrase": restored.by_paper_key,
        }
        click.echo(json.dumps(facts, indent=2))
    else:
        click.echo(f"The desk {restored.words}, was restored to {folder} and verified.")
    if restored.by_paper_key:
        try:
            opening.recover(restored.folder, secret, secrets.new("New passphrase for the chair"), clock=_now)
        except KnownError:
            click.echo(f"The desk is there. Give it a passphrase with `leaddesk recover --desk {folder}`.", err=True)
            raise
        if not as_json:
            click.echo("The chair's passphrase is the new one.")


@click.command("recover")
@click.option("--desk", "folder", type=folder_type, required=True, metavar="DIR", help="The desk's folder.")
def recover(folder: Path) -> None:
    """Give the chair a new passphrase by the paper key; the ledger says so."""
    from leaddesk.services import opening

    secrets = Secrets()
    paper_key = secrets.next("Paper key")
    opening.recover(folder, paper_key, secrets.new("New passphrase for the chair"), clock=_now)
    click.echo("The chair's passphrase is the new one.")


def _now() -> datetime:
    return datetime.now(UTC)
