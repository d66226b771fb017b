"""The commands. Each imports its heavy parts when it runs, so that every other one starts fast.

Exit codes: 0 done, 1 something found (nothing written), 2 could not be read or opened.
"""

import sys
from pathlib import Path
from typing import Any

import click
from typing_extensions import override

from leaddesk.commands.backups import backup, recover, restore
from leaddesk.commands.common import UNREADABLE, folder_type
from leaddesk.commands.demo import demo, gallery
from leaddesk.commands.desks import verify
from leaddesk.commands.exchange import export, import_
from leaddesk.commands.meeting import preflight
from leaddesk.commands.policy import policy
from leaddesk.commands.users import users_
from leaddesk.errors import KnownError, redacted


class _Commands(click.Group):
    """Commands whose errors are told in plain sentences, and whose bugs are told without a value or a name."""

    @override
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            # click ends quietly where whoever reads the output has had enough
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
@click.option(
    "--desk", "folder", type=folder_type, default=None, metavar="DIR", help="The desk to open in the windows."
)
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


for command in (policy, import_, export, users_, verify, preflight, backup, restore, recover, demo, gallery):
    main.add_command(command)


def _require_display() -> None:
    from leaddesk.display import has_display

    if not has_display():
        raise KnownError(
            "There is no display here to open windows on.",
            todo="Use `leaddesk demo --export DIR`, or the commands listed by `leaddesk --help`.",
        )
