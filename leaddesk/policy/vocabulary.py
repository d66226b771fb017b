"""The words of the rule: information classes, roles, recipient classes, reasons, and the role table as data.

Roles, recipient classes and information classes are fixed; a site edits the cells of the role table alone.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class InformationClass(StrEnum):
    """What kind of thing a fact is; a set of siblings, not a ladder."""

    PUBLIC = "public"
    COMMUNITY = "community"
    OPERATIONS = "operations"
    IDENTITY = "identity"
    PROGRESS = "progress"
    COORDINATION = "coordination"
    CARE = "care"
    HEALTH = "health"
    PERSONNEL = "personnel"
    ADMIN = "admin"


C = InformationClass

#: Classes that say something about one participant and need a release of information.
BOUND = frozenset({C.IDENTITY, C.PROGRESS, C.COORDINATION, C.CARE, C.HEALTH})

#: What a class is called on every screen and page: of the identity of somebody the name is what people think of.
CLASS_WORDS: Mapping[InformationClass, str] = MappingProxyType(
    {
        C.PUBLIC: "public",
        C.COMMUNITY: "community",
        C.OPERATIONS: "operations",
        C.IDENTITY: "name",
        C.PROGRESS: "progress",
        C.COORDINATION: "court and coordination",
        C.CARE: "care",
        C.HEALTH: "health",
        C.PERSONNEL: "personnel",
        C.ADMIN: "paperwork",
    }
)

#: Bound classes whose source is the participant's case agency, whoever typed them.
CASE_AGENCY_SOURCED = frozenset({C.IDENTITY, C.PROGRESS, C.COORDINATION})


class Role(StrEnum):
    """The role in which somebody attends; one at a time."""

    PROJECT_MANAGER = "project_manager"
    SCRIBE = "scribe"
    OFFICER = "officer"
    SERGEANT = "sergeant"
    PROSECUTOR = "prosecutor"
    DEFENDER = "defender"
    CASE_MANAGER = "case_manager"
    CASE_SUPERVISOR = "case_supervisor"
    PROVIDER = "provider"
    PROBATION = "probation"
    COMMUNITY = "community"
    LEADERSHIP_TEAM = "leadership_team"
    EVALUATOR = "evaluator"
    GUEST = "guest"


class RecipientClass(StrEnum):
    """The groups of people a release of information can name."""

    PROGRAM = "program"
    LAW_ENFORCEMENT = "law_enforcement"
    PROSECUTION = "prosecution"
    DEFENSE = "defense"
    CASE_MANAGEMENT = "case_management"
    PROVIDER = "provider"
    SUPERVISION = "supervision"
    COMMUNITY = "community"
    EVALUATION = "evaluation"


RECIPIENT_CLASS: Mapping[Role, RecipientClass | None] = MappingProxyType(
    {
        Role.PROJECT_MANAGER: RecipientClass.PROGRAM,
        Role.SCRIBE: RecipientClass.PROGRAM,
        Role.OFFICER: RecipientClass.LAW_ENFORCEMENT,
        Role.SERGEANT: RecipientClass.LAW_ENFORCEMENT,
        Role.PROSECUTOR: RecipientClass.PROSECUTION,
        Role.DEFENDER: RecipientClass.DEFENSE,
        Role.CASE_MANAGER: RecipientClass.CASE_MANAGEMENT,
        Role.CASE_SUPERVISOR: RecipientClass.CASE_MANAGEMENT,
        Role.PROVIDER: RecipientClass.PROVIDER,
        Role.PROBATION: RecipientClass.SUPERVISION,
        Role.COMMUNITY: RecipientClass.COMMUNITY,
        Role.LEADERSHIP_TEAM: RecipientClass.COMMUNITY,
        Role.EVALUATOR: RecipientClass.EVALUATION,
        Role.GUEST: None,
    }
)

_ROLES: Mapping[str | None, Role] = MappingProxyType({role.value: role for role in Role})


def known_role(word: str | None) -> Role | None:
    """The role of this name; ``None`` for a missing or unknown one, which may have nothing but what is public."""
    return _ROLES.get(word)


#: Program staff, case management of an agency, and police, as the exemptions of step 5 name them.
PROGRAM_STAFF = frozenset({Role.PROJECT_MANAGER, Role.SCRIBE})
CASE_STAFF = frozenset({Role.CASE_MANAGER, Role.CASE_SUPERVISOR})
POLICE = frozenset({Role.OFFICER, Role.SERGEANT})


class Cell(StrEnum):
    """What the role table says of one role and one class."""

    YES = "yes"
    NO = "no"
    INVOLVED = "involved"
    AGENCY = "agency"


class Reason(StrEnum):
    """The one reason of a decision: the first that applies."""

    PUBLIC = "public"
    NO_AGREEMENT = "no_agreement"
    EXCLUDED = "excluded"
    ROLE = "role"
    NOT_INVOLVED = "not_involved"
    NO_RELEASE = "no_release"
    NO_PART2_RELEASE = "no_part2_release"
    ALLOWED = "allowed"


class Part2(StrEnum):
    """Whether an agency is a 42 CFR Part 2 program; *unsure* counts as yes."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Form(StrEnum):
    """The form of a release of information: general, or one that meets 42 CFR 2.31."""

    GENERAL = "general"
    PART2 = "part2"


class Door(StrEnum):
    """How a participant was referred."""

    ARREST = "arrest"
    SOCIAL = "social"
    COMMUNITY = "community"


class Intake(StrEnum):
    """Whether intake has been decided; anything else is unknown, and what is unknown is not open."""

    OPEN = "open"
    DECIDED = "decided"


class InvolvementKind(StrEnum):
    """How an attendee is involved with a participant."""

    CASE_MANAGER = "case_manager"
    SUPERVISOR = "supervisor"
    PROSECUTOR = "prosecutor"
    DEFENDER = "defender"
    REFERRER = "referrer"
    PROVIDER = "provider"
    NOMINATOR = "nominator"


RoleTable = Mapping[Role, Mapping[InformationClass, Cell]]

_COLUMNS = (
    C.COMMUNITY,
    C.OPERATIONS,
    C.IDENTITY,
    C.PROGRESS,
    C.COORDINATION,
    C.CARE,
    C.HEALTH,
    C.PERSONNEL,
    C.ADMIN,
)

_ROWS = """
project_manager yes yes yes      yes      yes      yes      involved yes      yes
scribe          yes yes yes      yes      yes      involved no       yes      yes
officer         yes yes yes      yes      yes      no       no       involved no
sergeant        yes yes yes      yes      yes      no       no       involved no
prosecutor      yes yes yes      yes      yes      no       no       no       no
defender        yes yes yes      yes      yes      involved involved no       no
case_manager    yes yes yes      yes      yes      agency   agency   no       no
case_supervisor yes yes yes      yes      yes      yes      yes      no       no
provider        yes yes involved involved no       involved involved no       no
probation       yes yes involved involved involved no       no       no       no
community       yes no  no       no       no       no       no       no       no
leadership_team yes no  no       no       no       no       no       no       no
evaluator       yes no  no       no       no       no       no       no       no
guest           no  no  no       no       no       no       no       no       no
"""

#: The role table a new desk starts with.
DEFAULT_ROLE_TABLE: RoleTable = MappingProxyType(
    {
        Role(name): MappingProxyType(dict(zip(_COLUMNS, map(Cell, cells), strict=True)))
        for name, *cells in (line.split() for line in _ROWS.strip().splitlines())
    }
)
