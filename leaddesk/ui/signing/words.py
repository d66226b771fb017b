"""The signing page's own words, in each language in which the agreement is offered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from leaddesk.policy.dates import MONTHS, long

_MESES = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
_DIAS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")

METHODS = ("drawn", "typed", "paper")
"""The ways to sign, in the order in which they are offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the page says in one language."""

    tag: str
    steps: tuple[str, str, str, str]
    step: str
    """``Step {number} of {of}: {name}``"""
    language: str
    agreement: str
    read: str
    unread: str
    version: str
    since: str
    name: str
    agency: str
    role: str
    duties: str
    close: str
    nobody: str
    somebody: str
    names: str
    names_hint: str
    unnamed: str
    methods: Mapping[str, str]
    how: str
    draw_hint: str
    too_little: str
    undo: str
    clear: str
    type_hint: str
    type_note: str
    witness: str
    witness_first: str
    paper_note: str
    signature: str
    none_stated: str
    sealed: str
    projector: str
    turn: str
    """``Signer {position} of {of}``"""
    read_back: str
    back: str
    done: str
    check: str
    decline: str
    decline_yes: str
    decline_asked: str
    decline_means: str
    later: str
    thanks: str
    hand_back: str
    to_desk: str
    missing: Mapping[str, str]
    """What is still to be done before the page can be read back: by ``read``, ``name``, ``close``, ``signature``."""

    def day(self, day: date) -> str:
        """``1 January 2026``."""
        if self.tag == "en":
            return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        return f"{day.day} de {_MESES[day.month - 1]} de {day.year}"

    def moment(self, at: datetime, zone: str) -> str:
        """``Wednesday, 6 May 2026, 9:52 am``: an aware instant in the site's zone."""
        there = at.astimezone(ZoneInfo(zone))
        clock = f"{there.hour % 12 or 12}:{there.minute:02} {'am' if there.hour < 12 else 'pm'}"
        if self.tag == "en":
            return f"{long(there.date())}, {clock}"
        return f"{_DIAS[there.weekday()]}, {self.day(there.date())}, {clock}"


_ENGLISH = Words(
    tag="en",
    steps=("Read", "About you", "Sign", "Check"),
    step="Step {number} of {of}: {name}",
    language="Language",
    agreement="The agreement",
    read="Read to the end",
    unread="Read to the end, then sign",
    version="Version {version}",
    since="in force since {day}",
    name="Name",
    agency="Agency or neighborhood",
    role="Role here",
    duties="Duties that may require sharing",
    close="Could somebody close to you be discussed here?",
    nobody="No",
    somebody="Yes, the chair is told in private",
    names="Their names",
    names_hint="Separate names with commas. You may leave it empty.",
    unnamed="Yes, not named",
    methods=MappingProxyType({"drawn": "Draw", "typed": "Type", "paper": "Signed on paper"}),
    how="How you sign",
    draw_hint="Sign with mouse, finger or pen",
    too_little="A little more, please: this is too short for a signature",
    undo="Undo",
    clear="Clear",
    type_hint="Type your full name",
    type_note="Your typed name is your signature.",
    witness="Who saw you sign the paper?",
    witness_first="Choose a witness",
    paper_note="The program keeps the signed paper.",
    signature="Signature",
    none_stated="None stated",
    sealed="Nothing else is open behind this page.",
    projector="The projector shows only what is public.",
    turn="Signer {position} of {of}",
    read_back="Read it back",
    back="Go back",
    done="Done",
    check="Is everything right?",
    decline="I decline",
    decline_yes="Yes, I decline",
    decline_asked="Do you decline to sign?",
    decline_means="You are shown what is public and no more. That you declined goes on record.",
    later="Later",
    thanks="Thank you.",
    hand_back="Please hand the laptop back to whoever runs the meeting.",
    to_desk="Back to the desk",
    missing=MappingProxyType(
        {
            "read": "First read the agreement to its end.",
            "name": "Your name is missing.",
            "close": "Please answer the question about somebody close to you.",
            "signature": "Your signature is missing.",
        }
    ),
)

_SPANISH = Words(
    tag="es",
    steps=("Leer", "Sobre usted", "Firmar", "Revisar"),
    step="Paso {number} de {of}: {name}",
    language="Idioma",
    agreement="El acuerdo",
    read="Leído hasta el final",
    unread="Lea hasta el final y luego firme",
    version="Versión {version}",
    since="en vigor desde el {day}",
    name="Nombre",
    agency="Agencia o vecindario",
    role="Función aquí",
    duties="Deberes que pueden exigir compartir",
    close="¿Se podría hablar aquí de alguien cercano a usted?",
    nobody="No",
    somebody="Sí, se le dirá en privado a quien preside",
    names="Sus nombres",
    names_hint="Separe los nombres con comas. Puede dejarlo vacío.",
    unnamed="Sí, sin nombre",
    methods=MappingProxyType({"drawn": "Trazar", "typed": "Escribir", "paper": "Firmado en papel"}),
    how="Forma de firmar",
    draw_hint="Firme con el ratón, el dedo o un lápiz",
    too_little="Un poco más, por favor: es demasiado corto para una firma",
    undo="Deshacer",
    clear="Borrar",
    type_hint="Escriba su nombre completo",
    type_note="Su nombre escrito es su firma.",
    witness="¿Quién le vio firmar el papel?",
    witness_first="Elija un testigo",
    paper_note="El programa guarda el papel firmado.",
    signature="Firma",
    none_stated="No se indicó ninguno",
    sealed="No hay nada más abierto detrás de esta página.",
    projector="El proyector muestra solo lo que es público.",
    turn="Firmante {position} de {of}",
    read_back="Revisar lo escrito",
    back="Volver",
    done="Listo",
    check="¿Está todo bien?",
    decline="No quiero firmar",
    decline_yes="Sí, no firmo",
    decline_asked="¿Prefiere no firmar?",
    decline_means="Se le muestra lo que es público y nada más. Queda constancia de que no firmó.",
    later="Más tarde",
    thanks="Gracias.",
    hand_back="Por favor, devuelva la computadora a quien preside la reunión.",
    to_desk="Volver al programa",
    missing=MappingProxyType(
        {
            "read": "Primero lea el acuerdo hasta el final.",
            "name": "Falta su nombre.",
            "close": "Por favor, responda la pregunta sobre alguien cercano a usted.",
            "signature": "Falta su firma.",
        }
    ),
)

LANGUAGES = MappingProxyType({"en": "English", "es": "Español"})
"""What each language calls itself."""


def words_in(language: str) -> Words:
    """The page's words in a language given as ``en``, ``es`` or a tag that begins so; else in English."""
    return _SPANISH if language[:2].lower() == "es" else _ENGLISH
