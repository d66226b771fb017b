"""Location priorities: adding, mending, ranking with a reason, and the evidence in its two lanes."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from leaddesk.errors import KnownError
from leaddesk.models import Evidence, LocationPriority, MeetingSeries
from leaddesk.models.ids import policy_id, row_id
from leaddesk.models.words import Lane, PlaceState
from leaddesk.policy.names import letters
from leaddesk.policy.records import Kind
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.policy.writing import typed
from leaddesk.services.desk import Unit, named
from leaddesk.services.drafts import PriorityForm
from leaddesk.services.people import neighborhood
from leaddesk.services.texts import Words, Writer

C = InformationClass


def save_priority(
    unit: Unit,
    form: PriorityForm,
    everyday: frozenset[str],
    marked: frozenset[str] = frozenset(),
    writer: Writer | None = None,
) -> str:
    """The id of the location priority that was added or mended.

    Args:
        unit: the transaction.
        form: what was typed.
        everyday: everyday words for the text guard.
        marked: phrases of the response and the evidence that the user marked as no name: both are for the community,
            so every other name-like phrase in them must be reworded.
        writer: of the same transaction, where it saves many; by default one that knows every place there is now.

    Raises:
        KnownError: it has no name.
        LooksLikeAName: a wording may hold somebody's name.
    """
    name = named(form.name, "A location priority")
    # Asked before its own name is known: a known name is no mention of anybody.
    before = writer or Writer(unit, everyday)
    for words in (form.name, form.place, form.neighborhood):
        before.require_nobody_named(Words(words, C.COMMUNITY, marked))
    if form.id:
        place = unit.found(LocationPriority, Kind.PLACE, form.id)
    else:
        place = LocationPriority(name=name, rank=len(_ranked(unit)) + 1)
    place.name, place.place = name, typed(form.place)
    place.neighborhood_id = neighborhood(unit, form.neighborhood)
    place.description, place.not_heard_from = typed(form.description), typed(form.not_heard_from)
    place.lead_id = row_id(Kind.ATTENDEE, form.lead) if form.lead else None
    place.review_on = form.review_on
    unit.rows.add(place)
    unit.rows.flush()
    id_ = policy_id(Kind.PLACE, place.id)
    # The place itself is known from here on, so its own name is no name-like phrase in what is said about it.
    writer = writer or Writer(unit, everyday)
    for words in (form.description, form.not_heard_from, form.told_by, form.counted_from, form.rank_reason):
        writer.require_no_names(Words(words, C.COMMUNITY, marked))
    if typed(form.response):
        place.response_text_id = writer.save(Words(form.response, C.COMMUNITY, marked)).id
    for words, lane, source, voices in (
        (form.told, Lane.QUALITATIVE, form.told_by, form.voices),
        (form.counted, Lane.DATA, form.counted_from, None),
    ):
        if typed(words):
            text = writer.save(Words(words, C.COMMUNITY, marked))
            unit.rows.add(
                Evidence(
                    priority_id=place.id,
                    lane=lane,
                    source=typed(source),
                    on=unit.today,
                    voices=voices,
                    text_id=text.id,
                )
            )
    unit.note("priority_saved", {"place": id_}, new=form.id is None)
    if form.rank != place.rank:
        rank(unit, id_, form.rank, form.rank_reason)
    return id_


def add_priority(unit: Unit, name: str, neighborhood: str, told: Words, everyday: frozenset[str]) -> str:
    """The id of a location priority named in the meeting, ranked last; what was told of it is evidence.

    Raises:
        KnownError: it has no name, or there is one of that name already.
        LooksLikeAName: what was told may hold somebody's name.
    """
    ranked = _ranked(unit)
    if any(letters(one.name) == letters(name) for one in ranked):
        raise KnownError(f"{typed(name)} is a priority already.", kept="Nothing was added.", todo="Change its rank.")
    form = PriorityForm(
        name=name, place=name, neighborhood=neighborhood, rank=len(ranked) + 1, told=told.text, told_by="the meeting"
    )
    return save_priority(unit, form, everyday, told.marked)


def rank(unit: Unit, place: str, to: int, reason: str) -> None:
    """Moves a priority to a rank, the others closing up; people rank, and say why.

    Raises:
        KnownError: there is no reason, or no such rank.
    """
    why = typed(reason)
    if not why:
        raise KnownError("A change of rank says why.", kept="The ranks are as they were.")
    moved = unit.found(LocationPriority, Kind.PLACE, place)
    order = [one for one in _ranked(unit) if one.id != moved.id]
    if not 1 <= to <= len(order) + 1:
        raise KnownError(f"There is no rank {to}.", kept="The ranks are as they were.")
    order.insert(to - 1, moved)
    for position, one in enumerate(order, start=1):
        one.rank = position
    moved.rank_reason = why
    unit.note("priority_ranked", {"place": place}, to=to)


def remember_ranks(unit: Unit, series: int) -> None:
    """Takes today's ranks as those that a series tells later changes against: done when its minutes are finalized."""
    told = tuple((place.id, place.rank) for place in _ranked(unit))
    unit.rows.get_one(MeetingSeries, series).ranks_told = told


def restore_ranks(unit: Unit, series: int, before: Mapping[int, int]) -> None:
    """Takes these ranks, by row, as those that a series tells changes against: done when its minutes are reopened."""
    unit.rows.get_one(MeetingSeries, series).ranks_told = tuple(sorted(before.items()))


def _ranked(unit: Unit) -> Sequence[LocationPriority]:
    return unit.rows.scalars(
        select(LocationPriority)
        .where(LocationPriority.state != PlaceState.RESOLVED)
        .order_by(LocationPriority.rank, LocationPriority.id)
    ).all()
