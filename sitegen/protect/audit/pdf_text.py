"""Read the words of a PDF, which stand there as numbers of glyphs."""

from __future__ import annotations


def pdf_text(content: bytes) -> str:
    """The text of all pages and the document's title and subject; "" where it is damaged or locked."""
    # Few shops lay PDFs into the open, and the library takes its time to load.
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415 - as said

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return ""
    try:
        about = document.get_metadata_dict(skip_empty=True).values()
        return "\n".join([*about, *(_page(document, number) for number in range(len(document)))])
    finally:
        document.close()


def _page(document: object, number: int) -> str:
    page = document[number]  # type: ignore[index]
    text: str = page.get_textpage().get_text_range()
    page.close()
    return text
