"""The commands. Each imports its heavy parts when it runs, so that every other one starts fast.

Exit codes: 0 done, 1 something found (nothing written), 2 could not be read or opened.
"""

import json
import sys
from pathlib import Path

import click

FOUND, UNREADABLE = 1, 2

_file = click.Path(exists=False, dir_okay=False, path_type=Path)


@click.group(invoke_without_command=True)
@click.version_option(package_name="leaddesk", message="LeadDesk %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """The desk a LEAD Operational Work Group meeting is run from."""


@main.group()
def policy() -> None:
    """The need-to-know rule."""


@policy.command("check")
@click.argument("file", type=_file)
@click.option("--json", "as_json", is_flag=True, help="Machine-readable output.")
def policy_check(file: Path, *, as_json: bool) -> None:
    """Hold the rule against FILE: a table of cases (CSV) or scenes (JSON)."""
    from leaddesk.assets import everyday_words
    from leaddesk.policy.conformance import MalformedFile, check_file

    try:
        outcome = check_file(file, everyday_words())
    except MalformedFile as error:
        click.echo(f"{file.name}: {error}", err=True)
        sys.exit(UNREADABLE)
    if as_json:
        differences = [
            {"where": difference.where, "expected": difference.expected, "answered": difference.answered}
            for difference in outcome.differences
        ]
        summary = {"checked": outcome.checked, "agree": outcome.agree, "differ": len(differences)}
        click.echo(json.dumps({**summary, "differences": differences}, ensure_ascii=False, indent=2))
    else:
        for difference in outcome.differences:
            click.echo(difference.sentence)
        click.echo(outcome.summary)
    if outcome.differences:
        sys.exit(FOUND)
