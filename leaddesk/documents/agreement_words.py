"""The agreement form's own words, in each language in which the agreement is offered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from leaddesk.policy import dates

_DIAS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The form's labels in one language."""

    tag: str
    """The language as a BCP 47 tag."""
    document: str
    version: str
    since: str
    page: str
    of: str
    name: str
    agency: str
    role: str
    duties: str
    no_duties: str
    signature: str
    date_and_time: str
    witness: str
    method: str
    methods: Mapping[str, str]
    signed: str
    digest: str
    alt: str

    def on_paper(self, day: date) -> str:
        """A date in words of this language with its ISO form: ``miércoles 6 de mayo de 2026 (2026-05-06)``."""
        if self.tag.startswith("en"):
            return dates.on_paper(day)
        return f"{_DIAS[day.weekday()]} {day.day} de {_MESES[day.month - 1]} de {day.year} ({day.isoformat()})"


_ENGLISH = Words(
    tag="en-US",
    document="Confidentiality agreement",
    version="Version",
    since="in force since",
    page="Page",
    of="of",
    name="Printed name",
    agency="Agency or neighborhood",
    role="Role here",
    duties="Duties that may require sharing",
    no_duties="None stated",
    signature="Signature",
    date_and_time="Date and time",
    witness="Witness",
    method="How it was signed",
    methods=MappingProxyType(
        {"drawn": "Drawn on screen", "typed": "Name typed on screen", "paper": "On paper, kept by the program"}
    ),
    signed="Signed",
    digest="SHA-256 of the text",
    alt="Signature of {name}, drawn by hand",
)

_SPANISH = Words(
    tag="es-US",
    document="Acuerdo de confidencialidad",
    version="Versión",
    since="en vigor desde el",
    page="Página",
    of="de",
    name="Nombre en letra de molde",
    agency="Agencia o vecindario",
    role="Función aquí",
    duties="Deberes que pueden exigir compartir",
    no_duties="No se indicó ninguno",
    signature="Firma",
    date_and_time="Fecha y hora",
    witness="Testigo",
    method="Forma de firmar",
    methods=MappingProxyType(
        {
            "drawn": "Trazada en pantalla",
            "typed": "Nombre escrito en pantalla",
            "paper": "En papel, que guarda el programa",
        }
    ),
    signed="Firmado",
    digest="SHA-256 del texto",
    alt="Firma de {name}, trazada a mano",
)

_WORDS = MappingProxyType({"en": _ENGLISH, "es": _SPANISH})


def words_of(language: str) -> Words:
    """The form's words in a language given as ``en``, ``es`` or a tag that begins so.

    Raises:
        KeyError: for any other language.
    """
    return _WORDS[language[:2].lower()]
