"""What a slide keeps of the desk, and what of it is brought up to date."""

from dataclasses import replace

from leaddesk.policy.records import Kind, Record
from leaddesk.policy.vocabulary import InformationClass
from tests.policy.meeting import material, values

C = InformationClass


def record(id_: str, words: str) -> Record:
    return Record(kind=Kind.ENTRY, id=id_, fields=values(C.OPERATIONS, words=words))


def test_records_are_brought_up_to_date_and_what_is_gone_drops_and_nothing_joins() -> None:
    then = material(
        entries=(record("e1", "one"), record("e2", "two")),
        participants={"p1": record("p1", "her"), "p2": record("p2", "him")},
    )
    corrected, her = record("e2", "two, corrected"), record("p1", "her, renamed")
    now = replace(
        then,
        entries=(record("e3", "three"), corrected),
        participants={"p3": record("p3", "new"), "p1": her},
        last_minutes=record("v1", "minutes"),
    )
    renewed = then.renewed(now)
    assert renewed.entries == (corrected,)
    assert renewed.participants == {"p1": her}
    assert renewed.last_minutes is None
    assert now.renewed(then).last_minutes is None
    assert now.renewed(replace(now, last_minutes=record("v2", "later"))).last_minutes == record("v2", "later")


def test_what_has_not_changed_stays_the_same_object() -> None:
    then = material(entries=(record("e1", "one"),))
    assert then.renewed(then) is then
    assert then.renewed(replace(then, entries=(*then.entries, record("e2", "two")))) is then
