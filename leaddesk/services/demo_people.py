"""The invented people and places of the demo desk. All of them are made up."""

from dataclasses import dataclass

from leaddesk.policy.vocabulary import Part2, Role

PROGRAM, WORD, GROUP, ZONE = "Harbor County", "LEAD", "Operational Work Group", "America/Los_Angeles"

#: The headings of its agendas, line by line of the program's order.
SECTIONS = ("Opening", "Opening", "Follow-up", "Follow-up", "Places", "People", "Closing")

AGENCIES: tuple[tuple[str, str, Part2 | None], ...] = (
    ("City PD", "police", Part2.NO),
    ("County Sheriff", "police", Part2.NO),
    ("County Prosecutor", "prosecution", Part2.NO),
    ("Public Defense", "defense", Part2.NO),
    ("Harbor House", "case management", Part2.YES),
    ("Evergreen Outreach", "case management", Part2.NO),
    ("Bayside Clinic", "provider", Part2.UNSURE),
    ("Community Corrections", "supervision", Part2.NO),
    ("State University", "evaluation", None),
)

NEIGHBORHOODS = ("Old Town", "Lakeside", "Harbor", "Midtown", "North Hill")


@dataclass(frozen=True, slots=True)
class Someone:
    """An attendee; ``agreement`` is how it stands with theirs."""

    given: str
    family: str
    title: str
    agency: str
    role: Role
    agreement: str = "signed"


ATTENDEES = (
    Someone("Tom", "Bell", "Ofc.", "City PD", Role.OFFICER),
    Someone("Ana", "Alvarez", "Sgt.", "City PD", Role.SERGEANT),
    Someone("Grace", "Lindqvist", "Ofc.", "County Sheriff", Role.OFFICER, "expired"),
    Someone("Jordan", "Ellis", "", "County Prosecutor", Role.PROSECUTOR),
    Someone("Su", "Kim", "", "Public Defense", Role.DEFENDER),
    Someone("James", "Okafor", "", "Harbor House", Role.CASE_MANAGER),
    Someone("Ruth", "Cole", "", "Harbor House", Role.CASE_SUPERVISOR),
    Someone("Luis", "Moreno", "", "Evergreen Outreach", Role.CASE_MANAGER),
    Someone("Mia", "Hart", "", "Bayside Clinic", Role.PROVIDER),
    Someone("Joon", "Pak", "", "Community Corrections", Role.PROBATION),
    Someone("Dora", "Ruiz", "", "Lakeside", Role.COMMUNITY, "none"),
    Someone("Linh", "Nguyễn", "", "Old Town", Role.LEADERSHIP_TEAM),
    Someone("Ina", "Vogel", "", "State University", Role.EVALUATOR, "declined"),
    Someone("Sven", "Lund", "", "Harbor County LEAD", Role.SCRIBE),
)

#: Given name, family name, preferred name, alias, door, intake status, engagement, case agency, state of the release.
PARTICIPANTS: tuple[tuple[str, ...], ...] = (
    ("Maria", "Santos", "", "", "arrest", "screening", "", "Harbor House", "partners"),
    ("Angela", "Brooks", "", "", "arrest", "enrolled", "active", "Harbor House", "partners"),
    ("Daniel", "Kowalski", "Danny", "", "social", "enrolled", "active", "Harbor House", "partners"),
    ("Teresa", "Yamada", "", "Tess", "community", "referred", "", "Harbor House", "none"),
    ("Marcus", "Webb", "", "", "social", "enrolled", "active", "Evergreen Outreach", "general"),
    ("José", "Núñez", "", "Pepe", "arrest", "enrolled", "light_touch", "Harbor House", "partners"),
    ("Zofia", "Łęcka", "", "", "social", "enrolled", "active", "Harbor House", "revoked"),
    ("Hoa", "Trần", "", "", "community", "enrolled", "active", "Evergreen Outreach", "general"),
    ("Denise", "Harper", "", "", "arrest", "enrolled", "paused", "Harbor House", "ends today"),
    ("Leon", "Fischer", "", "", "social", "referred", "", "Evergreen Outreach", "none"),
    ("Rosa", "Delgado", "", "", "arrest", "enrolled", "active", "Harbor House", "partners"),
    ("Samuel", "Osei", "Sam", "", "social", "enrolled", "active", "Harbor House", "expired"),
    ("Karen", "Whitaker", "", "", "community", "enrolled", "light_touch", "Evergreen Outreach", "general"),
    ("Viktor", "Petrenko", "", "", "arrest", "screening", "", "Harbor House", "partners"),
    ("Aisha", "Rahman", "", "", "social", "enrolled", "active", "Harbor House", "no health"),
    ("Paul", "Jankowski", "", "", "arrest", "not_approved", "", "Harbor House", "none"),
    ("Lucia", "Ferrara", "", "", "social", "enrolled", "active", "Evergreen Outreach", "general"),
    ("Eric", "Sandoval", "", "Rico", "arrest", "enrolled", "not_engaged", "Harbor House", "event"),
    ("Monique", "Baptiste", "", "", "community", "enrolled", "active", "Harbor House", "partners"),
    ("Ivan", "Horvat", "", "", "social", "declined", "", "Evergreen Outreach", "none"),
    ("Grace", "Oyelaran", "", "", "arrest", "enrolled", "active", "Harbor House", "partners"),
    ("Henry", "Castellano", "", "", "social", "enrolled", "exited", "Evergreen Outreach", "expired"),
    ("Nadia", "Haddad", "", "", "community", "enrolled", "active", "Harbor House", "draft"),
    ("Curtis", "Maddox", "", "", "arrest", "intake_missed", "", "Harbor House", "none"),
    ("Elena", "Papadaki", "", "", "social", "enrolled", "active", "Evergreen Outreach", "general"),
    ("Walter", "Sorensen", "", "", "arrest", "enrolled", "active", "Harbor House", "partners"),
    ("Priya", "Raghavan", "", "", "community", "enrolled", "active", "Harbor House", "partners"),
    ("Thomas", "Aldridge", "", "", "social", "enrolled", "light_touch", "Evergreen Outreach", "general"),
    ("Carmen", "Villanueva", "", "", "arrest", "enrolled", "active", "Harbor House", "partners"),
    ("Oleksandr", "Bondar", "Sasha", "", "social", "referred", "", "Harbor House", "none"),
)

#: Name, neighborhood, what people tell us (words, who, voices), what is counted (words, from), response, lead, not heard.
PLACES: tuple[tuple[str, ...], ...] = (
    (
        "Lakeside Park", "Lakeside", "Families leave the playground when it gets dark.", "parents and grandparents", "9",
        "12 calls in April, most of them on weekends.", "calls for service",
        "Evening walks with outreach on Fridays.", "Alvarez", "people who sleep in the park",
    ),
    (
        "Market St & 3rd Ave", "Old Town", "Shoppers cross over to avoid the dark bus stop.", "shops and riders", "7",
        "41 calls in April; 30 of them came from residents.", "calls for service",
        "Outreach walk on Tuesday and Thursday, 6 to 8 pm. Light repair asked of the city.", "Alvarez", "riders at night",
    ),
    (
        "Ferry Terminal", "Harbor", "People wait there all night with nowhere to go.", "ticket staff", "4",
        "18 calls in April, half of them welfare checks.", "calls for service",
        "Warm handoff to the night shelter.", "Bell", "workers on the early boats",
    ),
    (
        "12th Ave bus loop", "Old Town", "People are afraid to call 911. They would talk to outreach.", "tenants", "5",
        "No calls in two months.", "calls for service", "Outreach table on Mondays.", "Moreno", "tenants of the towers",
    ),
    (
        "Central Library", "Midtown", "Staff want to help and do not know whom to call.", "library staff", "6",
        "9 calls in April.", "calls for service", "A number for the staff, answered from 9 to 6.", "Okafor", "",
    ),
    (
        "North Hill underpass", "North Hill", "The stairs are blocked in the morning.", "parents", "3",
        "Officers saw tents on four days.", "officers", "Storage and outreach before any clearing.", "Bell", "campers",
    ),
    (
        "Pier 4 parking lot", "Harbor", "Cars are broken into at night.", "fishing crews", "8",
        "22 calls in April.", "calls for service", "Lights, and a visit each night.", "Alvarez", "",
    ),
    (
        "Cedar St alley", "Midtown", "Needles near the school gate.", "teachers", "5",
        "6 pick-up requests in April.", "city service line", "A box for needles, emptied each day.", "Hart", "neighbors",
    ),
    (
        "Lakeside shops", "Lakeside", "The same few people need a place in the daytime.", "shop owners", "6",
        "15 calls in April.", "calls for service", "Day center hours handed out by the shops.", "Moreno", "",
    ),
)  # fmt: skip

#: What, who does it, days until it is due, the participant or place it is for (by row), what a coded room reads.
ACTIONS: tuple[tuple[str, str, int, str, int, str], ...] = (
    ("Return the ID card", "Bell", -2, "participant", 1, "Return the ID card"),
    ("Complete the housing form", "Okafor", 14, "participant", 1, "Complete the form"),
    ("Tell the court the new date", "Kim", 16, "participant", 1, "Tell the court the new date"),
    ("Street light repair", "Alvarez", 2, "place", 1, ""),
    ("Agree on one court date", "Kim", 9, "participant", 2, "Agree on one date"),
    ("Walk with the shops", "Nguyễn", 16, "place", 1, ""),
    ("Ask for a bed at the night shelter", "Hart", 5, "participant", 0, "Ask for a place"),
    ("Call about the intake interview", "Okafor", 3, "participant", 0, "Make a call"),
    ("Bring the benefit papers", "Moreno", 7, "participant", 4, "Bring the papers"),
    ("Ask the parks department about lights", "Alvarez", 12, "place", 0, ""),
    ("Meet the tenants' group", "Moreno", 20, "place", 3, ""),
    ("Send the discovery list", "Ellis", 6, "participant", 5, "Send the list"),
    ("Explain the new release", "Okafor", 1, "participant", 6, ""),
    ("Drive to the clinic on Thursday", "Okafor", 8, "participant", 10, "Arrange a ride"),
    ("Find the lost wallet report", "Bell", -5, "participant", 11, "Find the report"),
    ("Ask the library for a room", "Okafor", 10, "place", 4, ""),
    ("Check the warrant date with the court", "Ellis", 4, "participant", 13, "Check a date"),
    ("Take part in the shop owners' meeting", "Alvarez", 13, "place", 8, ""),
    ("Order needle boxes", "Hart", 9, "place", 7, ""),
    ("Share the shelter's new hours", "Lund", 6, "business", 0, ""),
    ("Update the list of phone numbers", "Lund", -1, "business", 0, ""),
    ("Ask for a second outreach van", "Whitfield", 30, "business", 0, ""),
    ("Prepare the training on housing barriers", "Cole", 25, "business", 0, ""),
    ("Visit after the move", "Okafor", 11, "participant", 18, "Make a visit"),
    ("Count tents with outreach", "Bell", 3, "place", 5, ""),
)

#: Progress lines, and what a room that may know the code alone reads instead.
PROGRESS: tuple[tuple[str, str], ...] = (
    ("Came to the first talk; the intake interview is set.", "An interview is being arranged."),
    (
        "Meets weekly. Housing interview is set.",
        "In regular contact with the case manager. The papers for the next step are nearly complete.",
    ),
    ("Works two days a week and keeps every appointment.", "In regular contact."),
    ("", ""),
    ("Has a place in the day program from Monday.", "A next step is agreed."),
    ("Moved in with a cousin; wants an ID.", "In contact."),
    ("Keeps in touch with outreach.", "In contact."),
)  # fmt: skip

#: What is asked of the group for a participant (by row), of whom.
ASKS: tuple[tuple[int, str, str, str], ...] = (
    (1, "Agree on one date by the 15th", "Prosecution and defense", "Agree on one date by the 15th"),
    (1, "An opening within two weeks?", "Providers", "An opening within two weeks?"),
    (2, "Can the two cases be heard together?", "Prosecution", ""),
    (0, "Who can drive to the interview?", "Everybody", "Who can drive?"),
)

#: What was decided in the meeting before: words, class, and whether it is of a place.
EARLIER: tuple[tuple[str, str, str], ...] = (
    ("A walk with outreach every Tuesday evening until the review.", "community", "place"),
    ("One list of court dates for both courts, kept by the scribe.", "operations", ""),
    ("Referrals are answered within two working days.", "operations", ""),
)
