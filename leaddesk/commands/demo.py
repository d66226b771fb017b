"""Invented people: the demo desk, and every window as a picture."""

import sys
from pathlib import Path

import click

from leaddesk.commands.common import folder_type


@click.command("demo")
@click.option(
    "--desk", "folder", type=folder_type, default=None, metavar="DIR", help="Write the demo desk there, and stop."
)
@click.option(
    "--export", "out", type=folder_type, default=None, metavar="DIR", help="Play one meeting into a folder."
)
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


@click.command("gallery")
@click.argument("out", type=folder_type, default=Path("leaddesk-gallery"))
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
