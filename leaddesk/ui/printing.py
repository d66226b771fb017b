"""Pages from memory to a printer, without a readable file on the way."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

if TYPE_CHECKING:
    import pypdfium2

#: Dots an inch: enough for print, and a page stays under 40 MB of memory.
_SHARP = 300
_POINTS = 72


def has_printer() -> bool:
    """Whether this computer knows a printer."""
    return bool(QPrinterInfo.availablePrinterNames())


def print_pdf(pdf: bytes, printer: QPrinter) -> None:
    """Prints every page of a PDF in its own size; the job is called LeadDesk, whatever it holds."""
    import pypdfium2  # noqa: PLC0415 - only a page on its way to a printer needs it

    document = pypdfium2.PdfDocument(pdf)
    try:
        printer.setDocName("LeadDesk")
        printer.setFullPage(True)
        _fit(printer, *document[0].get_size())
        with QPainter(printer) as painter:
            for number, page in enumerate(document):
                if number:
                    printer.newPage()
                painter.drawImage(QRectF(printer.paperRect(QPrinter.Unit.DevicePixel)), _picture(page, printer))
    finally:
        document.close()


def _fit(printer: QPrinter, width: float, height: float) -> None:
    size = QPageSize(QSizeF(width, height), QPageSize.Unit.Point)
    printer.setPageSize(size)
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)


def _picture(page: "pypdfium2.PdfPage", printer: QPrinter) -> QImage:
    drawn = page.render(scale=min(printer.resolution(), _SHARP) / _POINTS, grayscale=True)
    # The pixels are the bitmap's own, so they are copied before it goes.
    shared = QImage(drawn.buffer, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_Grayscale8)
    return shared.copy()
