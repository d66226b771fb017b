"""The need-to-know rule, held against files."""

import json
import sys
from pathlib import Path

import click

from leaddesk.commands.common import FOUND, UNREADABLE, file_type, json_option


@click.group()
def policy() -> None:
    """The need-to-know rule."""


@policy.command("check")
@click.argument("file", type=file_type)
@json_option
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
