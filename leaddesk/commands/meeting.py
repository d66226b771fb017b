"""A meeting before it begins."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leaddesk.commands.common import desk_options, json_option, opened_desk
from leaddesk.errors import KnownError

if TYPE_CHECKING:
    from leaddesk.policy.desk_views import WithheldRow
    from leaddesk.policy.preflight import ItemOutlook, Preflight


@click.command("preflight")
@desk_options
@click.option(
    "--present", "names", default="", metavar="NAMES", help="“Name;Name;…”, instead of the series' regulars."
)
@click.option("--meeting", "number", type=click.IntRange(1), default=None, metavar="N", help="The meeting's number.")
@json_option
def preflight(folder: Path, slot: int | None, names: str, number: int | None, *, as_json: bool) -> None:
    """What a room will be able to see, who must sign, what ends, and the order that asks least of anybody."""
    from leaddesk.services import meetings
    from leaddesk.services import preflight as service

    with opened_desk(folder, slot) as desk:
        meeting = desk.do(meetings.latest) if number is None else desk.do(service.numbered, number)
        if meeting is None:
            raise KnownError("There is no meeting yet.", todo="Plan one on the desk.")
        present = desk.do(service.named, names.split(";")) if names else desk.do(service.expected, meeting)
        outlook = desk.do(service.preflight, meeting, present, desk.everyday)
    if as_json:
        click.echo(json.dumps(_facts(outlook), ensure_ascii=False, indent=2))
    else:
        for line in _lines(outlook):
            click.echo(line)


def _facts(outlook: "Preflight") -> dict[str, Any]:
    """Everything but the slides, whose pictures are the desk's."""
    return {
        "starts": outlook.starts.isoformat(),
        "ends": outlook.ends.isoformat(),
        "present": outlook.present,
        "must_sign": outlook.must_sign,
        "missing_voices": outlook.missing_voices,
        "endings": [{**asdict(ending), "at": ending.at.isoformat()} for ending in outlook.endings],
        "items": [_item(item) for item in outlook.items],
        "order": [asdict(turn) for turn in outlook.order],
    }


def _item(item: "ItemOutlook") -> dict[str, Any]:
    return {
        "number": item.number,
        "title": item.title,
        "room_reads": item.room_title,
        "minutes": item.minutes,
        "by_name": item.named,
        "withheld": [_withheld(row) for row in item.withheld],
        "step_out": item.step_out,
    }


def _withheld(row: "WithheldRow") -> dict[str, Any]:
    return {
        "what": row.what,
        "why": row.why,
        "fixes": [offer.words for offer in row.fixes],
        "rows": [{"kind": part.kind, "reads": part.words, "room_reads": part.room_reads} for part in row.parts],
    }


def _lines(outlook: "Preflight") -> list[str]:
    lines = [f"{len(outlook.present)} expected: {', '.join(outlook.present) or 'nobody'}."]
    if outlook.must_sign:
        lines.append(f"Must sign first: {', '.join(outlook.must_sign)}.")
    if outlook.missing_voices:
        lines.append(f"Nobody would speak for: {', '.join(outlook.missing_voices)}.")
    lines += [f"{ending.what} ends {ending.when}." for ending in outlook.endings]
    for item in outlook.items:
        reads = "" if item.room_title == item.title else f" (the room reads: {item.room_title or 'nothing'})"
        lines.append(f"{item.number}. {item.title}{reads}")
        for one in item.withheld:
            fix = f" → {one.fixes[0].words}" if one.fixes else ""
            lines.append(f"   {one.what}: {one.why}{fix}")
    if [turn.id for turn in outlook.order] != [item.id for item in outlook.items]:
        lines.append("Most can be discussed in this order:")
        for number, turn in enumerate(outlook.order, start=1):
            leaving = f" ({', '.join(turn.step_out)} out)" if turn.step_out else ""
            lines.append(f"   {number}. {turn.title}{leaving}")
    return lines
