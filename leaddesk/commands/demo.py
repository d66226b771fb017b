"""Invented people: the demo desk, and every window as a picture."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from leaddesk.commands.common import folder_type

_LEAST = (800, 480)


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
@click.option(
    "--theme",
    "themes",
    type=click.Choice(("light", "dark", "high_contrast", "high_contrast_dark")),
    multiple=True,
    help="The console's; by default all.",
)
@click.option(
    "--projector", type=click.Choice(("light", "dark")), default="light", show_default=True, help="Its theme."
)
@click.option(
    "--size",
    "sizes",
    multiple=True,
    metavar="WIDTHxHEIGHT",
    callback=lambda _context, _option, told: _sizes(told),
    help="Of the windows, in pixels; by default 1366x768 and 1920x1080.",
)
@click.option(
    "--text", type=click.IntRange(100, 200), default=100, show_default=True, help="How large letters are, in percent."
)
def gallery(
    out: Path, themes: tuple[str, ...], projector: str, sizes: tuple[tuple[int, int], ...], text: int
) -> None:
    """Every window and page as a picture, in OUT."""
    from leaddesk.offscreen import SIZES, make_gallery

    for path in make_gallery(out, themes=themes, projector=projector, sizes=sizes or SIZES, text=text):
        click.echo(str(path))


def _sizes(told: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Sizes as they are typed, such as ``1366x768``."""
    sizes = []
    for words in told:
        width, _, height = words.partition("x")
        if not (width.isdecimal() and height.isdecimal() and int(width) >= _LEAST[0] and int(height) >= _LEAST[1]):
            raise click.BadParameter(f"{words} is no size of at least {_LEAST[0]}x{_LEAST[1]}.")
        sizes.append((int(width), int(height)))
    return tuple(sizes)


def _free_folder(name: str) -> Path:
    """A folder of this name beside the user, numbered where earlier ones are there."""
    number = 1
    while (folder := Path(name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    return folder
