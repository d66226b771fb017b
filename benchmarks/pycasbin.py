"""The yardstick of the room's decision: the role table as pycasbin's policy, asked the same questions.

pycasbin looks up the table alone, every cell a rule: a *no* too, since a grant lifts it. Who is granted or involved,
and whether agreement, exclusions and releases let an answer through, is handed to it ready-made; LeadDesk works that
out in its own time.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from benchmarks.frame import NotHere
from leaddesk.policy.decision import Asked, decide
from leaddesk.policy.facts import Facts, Instant
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import Reason

_MODEL = """
[request_definition]
r = role, cls, covered, granted, involved, own_agency
[policy_definition]
p = role, cls, cell
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.role == p.role && r.cls == p.cls && r.covered && (p.cell == "yes" || r.granted || \
 (p.cell == "involved" && r.involved) || (p.cell == "agency" && (r.involved || r.own_agency)))
"""

#: Reasons that are found elsewhere than in the role table.
_UNCOVERED = frozenset({Reason.NO_AGREEMENT, Reason.EXCLUDED, Reason.NO_RELEASE, Reason.NO_PART2_RELEASE})

Request = tuple[str, str, bool, bool, bool, bool]


def requests(facts: Facts, at: Instant, asked: list[Asked]) -> list[Request]:
    """Every question for everybody, as the model's request takes it."""
    standing = Standing(facts, at)
    return [_request(standing, person, one) for one in asked for person in facts.people]


def _request(standing: Standing, person_id: str, asked: Asked) -> Request:
    person = standing.facts.people[person_id]
    about = standing.about(asked.participant or "")
    assert about is not None
    assert asked.cls is not None
    covered = decide(standing, person_id, asked).reason not in _UNCOVERED
    own = person.agency is not None and person.agency == about.participant.case_agency
    granted = asked.cls in about.granted.get(person_id, ())
    return (str(person.role), str(asked.cls), covered, granted, person_id in about.involved, own)


def answers(facts: Facts) -> Callable[[list[Request]], list[bool]]:
    """What answers requests by the site's role table.

    Raises:
        NotHere: pycasbin is not installed.
    """
    try:
        casbin: Any = import_module("casbin")
    except ModuleNotFoundError as error:
        raise NotHere("pycasbin is not installed") from error
    model = casbin.Model()
    model.load_model_from_text(_MODEL)
    enforcer = casbin.Enforcer(model)
    for role, cells in facts.site.role_table.items():
        for cls, cell in cells.items():
            enforcer.add_policy(str(role), str(cls), str(cell))
    return lambda asked: [enforcer.enforce(*one) for one in asked]
