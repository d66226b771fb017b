"""What the invented desks are made of: ordinary names and sentences. Nobody here is anybody."""

from leaddesk.policy.vocabulary import Part2, Role


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


AGENCIES: tuple[tuple[str, str, Part2 | None], ...] = (
    ("City PD", "police", Part2.NO),
    ("County Sheriff", "police", Part2.NO),
    ("County Prosecutor", "prosecution", Part2.NO),
    ("Public Defense", "defense", Part2.NO),
    ("Harbor House", "case management", Part2.YES),
    ("Evergreen Outreach", "case management", Part2.NO),
    ("Lakeside Services", "case management", Part2.UNSURE),
    ("Bayside Clinic", "provider", Part2.YES),
    ("Community Corrections", "supervision", Part2.NO),
    ("State University", "evaluation", None),
)
POLICE = ("City PD", "County Sheriff")
CASE_AGENCIES = ("Harbor House", "Evergreen Outreach", "Lakeside Services")

NEIGHBORHOODS = (
    "Old Town",
    "Lakeside",
    "Harbor",
    "Midtown",
    "North Hill",
    "South Park",
    "Riverside",
    "Mill District",
)

#: Roles of those who come to every meeting besides the chair, how many of each, and their agencies by turns.
CORE: tuple[tuple[Role, int, tuple[str, ...]], ...] = (
    (Role.SCRIBE, 1, ("Harbor County LEAD",)),
    (Role.OFFICER, 10, POLICE),
    (Role.SERGEANT, 3, POLICE),
    (Role.PROSECUTOR, 5, ("County Prosecutor",)),
    (Role.DEFENDER, 5, ("Public Defense",)),
    (Role.CASE_MANAGER, 12, CASE_AGENCIES),
    (Role.CASE_SUPERVISOR, 3, CASE_AGENCIES),
)
#: The same of those who come now and then; one without an agency stands for a neighborhood.
OTHERS: tuple[tuple[Role, int, tuple[str, ...]], ...] = (
    (Role.PROVIDER, 6, ("Bayside Clinic",)),
    (Role.PROBATION, 4, ("Community Corrections",)),
    (Role.OFFICER, 2, POLICE),
    (Role.COMMUNITY, 4, ()),
    (Role.LEADERSHIP_TEAM, 2, ()),
    (Role.EVALUATOR, 1, ("State University",)),
    (Role.GUEST, 1, ()),
)

GIVEN = _listed(
    """
    Adam Aisha Alan Alicia Amara Ana Andre Angela Anita Anton Ashley Ben Bianca Bruno Carla Carlos Carmen Chloé
    Clara Curtis Damir Daniel Darnell David Denise Diego Dmitri Dolores Edith Elena Eli Emeka Emilia Eric Esther
    Eva Fatima Felix Fiona Frank Gabriel Gloria Hannah Hassan Hector Helen Henry Hoa Hugo Ida Ilse Imani Inés
    Irene Isaac Ivan Jamal James Jana Jerome Jesús Joan Joel Jonas Jorge José Juana Judith Kamila Karen Karl Kenji
    Kevin Khadija Lamar Lara Laura Leah Leon Linda Linh Lorenzo Louise Lucía Luis Magda Malik Marco María Marta
    Martin Mateusz Maya Mehmet Mei Miguel Mila Monique Nadia Naomi Natalia Nia Nicolás Nikola Noah Nora Olga Omar
    Oscar Pablo Paul Pavel Petra Philip Priya Quentin Rafael Ramón Renée Rita Robert Rosa Ruth Sadia Samuel Sarah
    Sergio Simone Søren Stella Sven Tamara Tariq Teresa Thandi Thomas Tomás Trang Tyrone Ursula Valeria Vera
    Victor Wanda Wei Wendell Xavier Yara Yolanda Youssef Yuki Zofia
    """
)
FAMILY = _listed(
    """
    Abara Acosta Adeyemi Aguilar Ahmadi Aldridge Almeida Andersson Appiah Arslan Ávila Baptiste Barros Baumann
    Becerra Benítez Berglund Bianchi Bogdan Bondar Borowski Boyd Brandt Cabrera Calloway Campos Carrasco
    Castellano Cervantes Cheung Chowdhury Contreras Cordero Costa Cruz Dąbrowski Dahl Delgado Demir Dhillon Diallo
    Dimitrov Donnelly Duarte Đặng Eklund Escobar Espinoza Falk Farouk Fernández Ferrara Figueroa Fischer Flores
    Fofana Fontaine Fuentes Gallardo García Gebre Gonçalves Gonzales Grünwald Guerrero Gutiérrez Haddad Hakimi
    Halvorsen Hansen Harper Herrera Hoffmann Horvat Huang Ibarra Ibrahim Ivanova Iversen Jankowski Jiménez
    Johansson Kaminski Kaplan Karlsson Kaya Keita Kim Kowalski Krüger Kurosawa Łęcka Larsen Leclerc Lindgren Liu
    Lombardi López Maddox Magnússon Mahmoud Maldonado Marino Márquez Martinez Mbeki Medina Mehta Mendoza Meyer
    Molina Moreau Mukherjee Müller Nakamura Navarro Ndiaye Nguyễn Nielsen Novák Núñez Nwosu Ochoa Okonkwo Olsen
    Ortega Osei Ospina Özdemir Pacheco Padilla Papadakis Paredes Patel Peralta Petrenko Phạm Pietrzak Popescu
    Quiroga Quispe Raghavan Rahman Ramírez Rasmussen Reyes Ribeiro Rinaldi Rivera Rodríguez Rojas Romano Rosales
    Saarinen Salazar Sandoval Santos Schäfer Schwartz Sepúlveda Sharma Sørensen Solís Sousa Spencer Stojanović
    Suárez Suzuki Szabó Tanaka Tesfaye Thibodeaux Torres Toure Trần Trujillo Ueda Uribe Valdez Vargas Vásquez Vega
    Villanueva Virtanen Volkov Wagner Washington Weber Whitaker Wójcik Yamada Yilmaz Zamora Zhang Zielinski Zúñiga
    """
)
#: Family names of those who attend; no participant has one of them.
ATTENDING = _listed(
    """
    Alvarez Amundsen Bell Blackwood Boateng Brannigan Callahan Castaño Chen Cole Corrigan Dawson Doyle Ellis
    Engström Fairchild Fitzgerald Gallagher Gupta Hallström Hart Hayes Higgins Hollis Inoue Jefferson Kessler
    Kirby Lam Lawson Lindqvist Lund MacLeod Marchetti McAllister Mercer Mitchell Moreno Morrow Nakagawa O'Brien
    Obi Okafor Pak Pereira Prescott Quinn Ramsey Rasheed Rhodes Ruiz Sato Sinclair Stavros Sullivan Takahashi
    Tierney Vogel Wexler Youngblood Zimmer
    """
)

STREETS = _listed(
    """
    Cedar Maple Pine Harbor Mill Market Spruce Union Willow Bridge Canal Dock Elm Front Grove
    """
)
CORNERS = _listed("1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th 14th 15th 16th 18th 20th 21st 23rd 24th")

#: What partners are told of a participant, and what a room reads that may know the code alone.
PROGRESS = (
    ("Meets every week and has the papers for the housing interview.", "In regular contact with the case manager."),
    ("Came to the first talk; the next one is set.", "A next step is agreed."),
    ("Works two days a week and keeps every appointment.", "In regular contact."),
    ("Moved in with a cousin and wants to get an ID card.", "In contact."),
    ("Keeps in touch with outreach on most days.", "In contact."),
    ("Has a place in the day program from Monday.", "A next step is agreed."),
    ("Asked for a later time of day to meet.", "A time is being arranged."),
)
#: Entries about a participant: what is filed, and its safe wording. ``{name}`` is typed and becomes a link.
UPDATES = (
    ("{name} came to the office on Tuesday and signed the lease.", "A paper was signed."),
    ("Outreach met {name} near the library; will call again on Friday.", "Outreach was in touch."),
    ("The landlord will hold the room until the end of the month.", "A date was agreed."),
    ("The bus pass has come and is at the front desk.", "Something is ready to be picked up."),
    ("Both cases can be heard on one day; the court will send the date.", "A date is being arranged."),
    ("{name} asks for a ride to the interview.", "A ride is needed."),
    ("The phone is off; leave word at the shelter desk.", "Contact goes by the shelter for now."),
    ("Will see the dentist next week and then start at the kitchen.", "An appointment is set."),
)
#: Entries and actions about places and the group's own work. Nothing in them looks like a name.
BUSINESS = (
    "The list of phone numbers was brought up to date.",
    "Two officers are new to the program and will come to the next training.",
    "The shelter has new hours from Monday on.",
    "Calls at night went down after the lights were repaired.",
    "The shop owners want to meet the night shift.",
    "Everybody agrees to try the earlier time for a month.",
)
DECISIONS = (
    "Try the walk on two evenings and look at it again in four weeks.",
    "Ask the city for the lights and tell the neighbors when.",
    "Share the new hours with every shift.",
)
ACTIONS = (
    ("Return the ID card to {name}.", "Return the ID card."),
    ("Help {name} to complete the housing form.", "Complete the form."),
    ("Tell the court the new date.", "Tell the court the new date."),
    ("Ask for a bed at the night shelter.", "Ask for a place."),
    ("Bring the benefit papers to the office.", "Bring the papers."),
    ("Arrange a ride to the interview.", "Arrange a ride."),
)
PLACE_ACTIONS = (
    "Get the street light repaired.",
    "Walk with the shop owners on a weekday evening.",
    "Ask the library for a room.",
    "Count the tents with outreach.",
)
TOLD = (
    "Families leave the playground when it gets dark.",
    "People cross the street to avoid the dark bus stop.",
    "Staff want to help and do not know whom to call.",
    "The same few people need a place in the daytime.",
    "The stairs are blocked in the morning.",
)
TOLD_BY = ("parents", "shop owners", "riders", "library staff", "tenants")
COUNTED = (
    "12 calls in the month, most of them on weekends.",
    "6 requests to pick up needles.",
    "No calls in two months.",
)
RESPONSES = (
    "Evening walks with outreach on Fridays.",
    "A table with outreach on Mondays.",
    "Lights asked of the city.",
)
