"""The commands. Each imports its heavy parts when it runs, so that every other one starts fast.

Exit codes: 0 done, 1 something found (nothing written), 2 could not be read or opened.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from typing_extensions import override

from leaddesk.errors import KnownError, redacted

if TYPE_CHECKING:
    from leaddesk.imports.reading import Finding
    from leaddesk.services.desk import Desk
    from leaddesk.services.importing import Imported

FOUND, UNREADABLE = 1, 2

_file = click.Path(exists=False, dir_okay=False, path_type=Path)
_folder = click.Path(exists=False, file_okay=False, path_type=Path)
_desk = click.option("--desk", "folder", type=_folder, required=True, metavar="DIR", help="The desk's folder.")
_json = click.option("--json", "as_json", is_flag=True, help="Machine-readable output.")


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

    @staticmethod
    def _line() -> str:
        line: bytes = sys.stdin.buffer.readline()
        return line.decode().rstrip("\r\n")


class _Commands(click.Group):
    """Commands whose errors are told in plain sentences, and whose bugs are told without a value or a name."""

    @override
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KnownError as error:
            for sentence in filter(None, (error.happened, error.kept, error.todo)):
                click.echo(sentence, err=True)
            raise SystemExit(UNREADABLE) from error
        except Exception as error:
            click.echo(f"A bug in LeadDesk stopped this command: {redacted(error)}.", err=True)
            raise SystemExit(UNREADABLE) from error


@click.group(cls=_Commands, invoke_without_command=True)
@click.version_option(package_name="leaddesk", message="LeadDesk %(version)s")
@click.option("--desk", "folder", type=_folder, default=None, metavar="DIR", help="The desk to open in the windows.")
@click.pass_context
def main(context: click.Context, folder: Path | None) -> None:
    """The desk a LEAD Operational Work Group meeting is run from.

    Without a command it opens the windows.
    """
    from leaddesk.platforms import harden_process

    harden_process()
    if context.invoked_subcommand is None:
        from leaddesk.application import run

        _require_display()
        sys.exit(run(folder))


@main.group()
def policy() -> None:
    """The need-to-know rule."""


@policy.command("check")
@click.argument("file", type=_file)
@_json
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


@contextmanager
def _opened(folder: Path) -> Iterator["Desk"]:
    """The desk in a folder, opened with the passphrase that is asked for, and locked in the end."""
    from leaddesk.services.opening import sign_in

    desk = sign_in(folder, Secrets().next("Passphrase"), clock=lambda: datetime.now(UTC))
    try:
        yield desk
    finally:
        desk.lock()


@main.group("import")
def import_() -> None:
    """Put a spreadsheet on the desk: all of it, or nothing."""


_dry_run = click.option("--dry-run", is_flag=True, help="Tell what would become of it and change nothing.")


@import_.command("attendees")
@click.argument("file", type=_file)
@_desk
@_dry_run
@_json
def import_attendees(file: Path, folder: Path, *, dry_run: bool, as_json: bool) -> None:
    """Add those who come to the meeting, from the list in FILE (.xlsx or .csv)."""
    from leaddesk.imports.attendees import read_attendees
    from leaddesk.services import importing

    with _opened(folder) as desk:
        reading = read_attendees(file)
        imported = desk.do(importing.import_attendees, reading, dry_run=dry_run)
    _tell(reading.kind, imported, dry_run=dry_run, as_json=as_json)


@import_.command("participants")
@click.argument("file", type=_file)
@_desk
@_dry_run
@_json
def import_participants(file: Path, folder: Path, *, dry_run: bool, as_json: bool) -> None:
    """Add participants, with case codes of their own, from the roster in FILE (.xlsx or .csv)."""
    from leaddesk.imports.participants import read_participants
    from leaddesk.services import importing

    with _opened(folder) as desk:
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
            click.echo(f"{_counted(len(problems), 'problem')}. Nobody was added.")
        else:
            would = "would be" if dry_run else "were"
            click.echo(f"{imported.added} {kind} {would} added, {_counted(len(notes), 'note')}.")
    if problems:
        sys.exit(FOUND)


def _line(finding: "Finding") -> str:
    place = ", ".join(part for part in (f"row {finding.row}" if finding.row else "", finding.column) if part)
    return f"{finding.severity}: {place}: {finding.text}" if place else f"{finding.severity}: {finding.text}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


@main.command("verify")
@click.option("--desk", "folder", type=_folder, required=True, metavar="DIR", help="The desk's folder.")
@click.option(
    "--anchor",
    "anchors",
    multiple=True,
    metavar="SEQ:MAC",
    help="An entry of the ledger kept elsewhere, such as at the foot of printed minutes; may be given again.",
)
@_json
def verify(folder: Path, anchors: tuple[str, ...], *, as_json: bool) -> None:
    """Look for damage and tampering: pages, ledger, anchors, finalized minutes, old rows put back."""
    from leaddesk.services import verifying

    held = verifying.read_anchors(anchors)
    report = verifying.verify(folder, Secrets().next("Passphrase"), held)
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


@main.command("export")
@_desk
@click.option("--out", type=_file, required=True, metavar="FILE", help="A new file; nothing is overwritten.")
@_json
def export(folder: Path, out: Path, *, as_json: bool) -> None:
    """Write everything that you may see to a file, as JSON. The file is not encrypted."""
    from leaddesk.services import exporting

    exporting.refuse_existing(out)
    with _opened(folder) as desk:
        exported = desk.do(exporting.export, desk.everyday)
        exporting.write(exported, out)
    if as_json:
        click.echo(json.dumps({"records": exported.records, "left_out": exported.left_out}, indent=2))
    else:
        click.echo(
            f"{_counted(exported.records, 'record')} written to {out.name}; "
            f"{_counted(exported.left_out, 'value')} left out that this export may not hold."
        )


@main.command("demo")
@click.option(
    "--desk", "folder", type=_folder, default=None, metavar="DIR", help="Write the demo desk there, and stop."
)
@click.option("--export", "out", type=_folder, default=None, metavar="DIR", help="Play one meeting into a folder.")
def demo(folder: Path | None, out: Path | None) -> None:
    """A desk of invented people in mid-meeting: in the windows, in a folder, or played through into files."""
    from leaddesk.display import has_display

    if folder is not None and out is not None:
        raise click.UsageError("--desk and --export are two things: give one of them.")
    if folder is not None:
        from leaddesk.application import demo_into

        click.echo(f"passphrase: {demo_into(folder)}")
        return
    if out is None and has_display():
        from leaddesk.application import run

        sys.exit(run(None, sample=True))
    if out is None:
        out = _free_folder("leaddesk-demo")
        click.echo(f"There is no display here, so one whole meeting is played into {out}/ instead.")
    from leaddesk.offscreen import export_demo

    for path in export_demo(out):
        click.echo(str(path))


@main.command("gallery")
@click.argument("out", type=_folder, default=Path("leaddesk-gallery"))
def gallery(out: Path) -> None:
    """Every window and page as a picture, light and dark, in OUT."""
    from leaddesk.offscreen import make_gallery

    for path in make_gallery(out):
        click.echo(str(path))


def _free_folder(name: str) -> Path:
    """A folder of this name beside the user, numbered where earlier ones are there."""
    number = 1
    while (folder := Path(name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    return folder


def _require_display() -> None:
    from leaddesk.display import has_display

    if not has_display():
        raise KnownError(
            "There is no display here to open windows on.",
            todo="Use `leaddesk demo --export DIR`, or the commands listed by `leaddesk --help`.",
        )
