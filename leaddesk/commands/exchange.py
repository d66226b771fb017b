"""Spreadsheets in, an export out."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leaddesk.commands.common import FOUND, counted, desk_options, file_type, json_option, opened_desk

if TYPE_CHECKING:
    from leaddesk.imports.reading import Finding
    from leaddesk.services.importing import Imported


@click.group("import")
def import_() -> None:
    """Put a spreadsheet on the desk: all of it, or nothing."""


_dry_run = click.option("--dry-run", is_flag=True, help="Tell what would become of it and change nothing.")


@import_.command("attendees")
@click.argument("file", type=file_type)
@desk_options
@_dry_run
@json_option
def import_attendees(file: Path, folder: Path, slot: int | None, *, dry_run: bool, as_json: bool) -> None:
    """Add those who come to the meeting, from the list in FILE (.xlsx or .csv)."""
    from leaddesk.imports.attendees import read_attendees
    from leaddesk.services import importing

    with opened_desk(folder, slot) as desk:
        reading = read_attendees(file)
        imported = desk.do(importing.import_attendees, reading, dry_run=dry_run)
    _tell(reading.kind, imported, dry_run=dry_run, as_json=as_json)


@import_.command("participants")
@click.argument("file", type=file_type)
@desk_options
@_dry_run
@json_option
def import_participants(file: Path, folder: Path, slot: int | None, *, dry_run: bool, as_json: bool) -> None:
    """Add participants, with case codes of their own, from the roster in FILE (.xlsx or .csv)."""
    from leaddesk.imports.participants import read_participants
    from leaddesk.services import importing

    with opened_desk(folder, slot) as desk:
        with desk.unit() as unit:
            today = unit.today
        reading = read_participants(file, today)
        imported = desk.do(importing.import_participants, reading, desk.everyday, dry_run=dry_run)
    _tell(reading.kind, imported, dry_run=dry_run, as_json=as_json)


def _tell(kind: str, imported: "Imported", *, dry_run: bool, as_json: bool) -> None:
    """Tells what became of a list, and leaves with `FOUND` where a problem has stopped it."""
    problems, notes = imported.problems, imported.notes
    if as_json:
        findings = [
            {"row": one.row, "column": one.column, "severity": one.severity, "text": one.text}
            for one in imported.findings
        ]
        summary = {"kind": kind, "added": imported.added, "dry_run": dry_run}
        click.echo(json.dumps({**summary, "findings": findings}, ensure_ascii=False, indent=2))
    else:
        for finding in imported.findings:
            click.echo(_line(finding))
        if problems:
            click.echo(f"{counted(len(problems), 'problem')}. Nobody was added.")
        else:
            would = "would be" if dry_run else "were"
            click.echo(f"{imported.added} {kind} {would} added, {counted(len(notes), 'note')}.")
    if problems:
        sys.exit(FOUND)


def _line(finding: "Finding") -> str:
    place = ", ".join(part for part in (f"row {finding.row}" if finding.row else "", finding.column) if part)
    return f"{finding.severity}: {place}: {finding.text}" if place else f"{finding.severity}: {finding.text}"


@click.command("export")
@desk_options
@click.option("--out", type=file_type, required=True, metavar="FILE", help="A new file; nothing is overwritten.")
@json_option
def export(folder: Path, slot: int | None, out: Path, *, as_json: bool) -> None:
    """Write everything that you may see to a file, as JSON. The file is not encrypted."""
    from leaddesk.services import exporting

    exporting.refuse_existing(out)
    with opened_desk(folder, slot) as desk:
        exported = desk.do(exporting.export, desk.everyday)
        exporting.write(exported, out)
    if as_json:
        click.echo(json.dumps({"records": exported.records, "left_out": exported.left_out}, indent=2))
    else:
        click.echo(
            f"{counted(exported.records, 'record')} written to {out.name}; "
            f"{counted(exported.left_out, 'value')} left out that this export may not hold."
        )
