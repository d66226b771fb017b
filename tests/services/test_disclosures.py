"""The disclosure ledger: on what everybody who was told relied."""

import shutil
from pathlib import Path

from leaddesk.policy.decision import Asked, decide
from leaddesk.policy.disclosure import Audience
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import BOUND
from leaddesk.services.demo import PASSPHRASE
from leaddesk.services.disclosures import note_told
from leaddesk.services.facts import load_facts
from leaddesk.services.opening import sign_in
from tests.services.opened import NOON


def test_an_entry_names_every_release_and_exemption_that_anybody_told_relies_on(demo: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(demo, tmp_path / "desk"))
    desk = sign_in(folder, PASSPHRASE, clock=lambda: NOON)
    with desk.unit() as unit:
        facts = load_facts(unit.rows, unit.at)
        standing = Standing(facts, unit.at)
        told = frozenset(
            Asked(cls, one.id, one.case_agency) for one in facts.participants.values() for cls in sorted(BOUND)
        )
        note_told(unit, "projected", Audience(frozenset(facts.people)), told, standing, purpose="a test")
        (*_, entry) = unit.ledger_entries("projected")
    desk.lock()
    relied: dict[str, set[str]] = {}
    for asked in told:
        for person in facts.people:
            decision = decide(standing, person, asked)
            if on := decision.release or (decision.exemption.value if decision.exemption else ""):
                relied.setdefault(f"{asked.participant} {asked.cls}", set()).add(on)
    assert relied
    assert {name: set(on) for name, on in entry.payload["basis"].items()} == relied
