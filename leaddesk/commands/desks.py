"""A desk or a backup as it lies there: verified."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leaddesk.commands.common import FOUND, Secrets, file_type, folder_type, json_option, slot_option

if TYPE_CHECKING:
    from leaddesk.services.verifying import Report


@click.command("verify")
@click.option("--desk", "folder", type=folder_type, metavar="DIR", help="The desk's folder.")
@click.option("--backup", "backup", type=file_type, metavar="FILE", help="A backup, instead of a desk.")
@slot_option
@click.option(
    "--anchor",
    "anchors",
    multiple=True,
    metavar="SEQ:MAC",
    help="An entry of the ledger kept elsewhere, such as at the foot of printed minutes; may be given again.",
)
@json_option
def verify(
    folder: Path | None, backup: Path | None, slot: int | None, anchors: tuple[str, ...], *, as_json: bool
) -> None:
    """Look for damage and tampering: pages, ledger, anchors, finalized minutes, old rows put back.

    Give either --desk or --backup. A backup opens with a passphrase of its day, or with the paper key.
    """
    from leaddesk.services import restoring, verifying

    held = verifying.read_anchors(anchors)
    if folder is not None and backup is None:
        report = verifying.verify(folder, Secrets().next("Passphrase"), held, slot=slot)
    elif backup is not None and folder is None and slot is None:
        report = restoring.verify_backup(backup, Secrets().next("Passphrase or paper key"), held)
    else:
        raise click.UsageError("Give either --desk, with --slot if you like, or --backup.")
    _tell(report, as_json=as_json)


def _tell(report: "Report", *, as_json: bool) -> None:
    """Tells what was found, and leaves with `FOUND` where something was."""
    findings = [finding.facts for finding in report.findings]
    if as_json:
        head = None if report.head is None else str(report.head)
        click.echo(json.dumps({"sound": report.sound, "head": head, "findings": findings}, indent=2))
    else:
        for facts in findings:
            since = "not known" if facts["since"] is None else f"after {facts['since']}"
            click.echo(f"{facts['what']} Where: {facts['where']}. Since: {since}. What to do: {facts['todo']}")
        if report.head is not None:
            click.echo(f"Nothing is wrong. The ledger ends with {report.head}: keep this elsewhere as an anchor.")
    if not report.sound:
        sys.exit(FOUND)
