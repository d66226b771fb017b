"""A desk as it lies there: verified."""

import json
import sys
from pathlib import Path

import click

from leaddesk.commands.common import FOUND, Secrets, desk_options, json_option


@click.command("verify")
@desk_options
@click.option(
    "--anchor",
    "anchors",
    multiple=True,
    metavar="SEQ:MAC",
    help="An entry of the ledger kept elsewhere, such as at the foot of printed minutes; may be given again.",
)
@json_option
def verify(folder: Path, slot: int | None, anchors: tuple[str, ...], *, as_json: bool) -> None:
    """Look for damage and tampering: pages, ledger, anchors, finalized minutes, old rows put back."""
    from leaddesk.services import verifying

    held = verifying.read_anchors(anchors)
    report = verifying.verify(folder, Secrets().next("Passphrase"), held, slot=slot)
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
