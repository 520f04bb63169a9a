"""Judge a file as a whole: its standard, its output intent, what it must not hold."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import Name

from sitegen.model.print_house import PrintHouse
from sitegen.render.cards.preflight.finding import Finding, error, warning

PDFX = "{http://www.npes.org/pdfx/ns/id/}"
PDFVT = "{http://www.npes.org/pdfvt/ns/id/}"
DUBLIN = "{http://purl.org/dc/elements/1.1/}"
ADOBE = "{http://ns.adobe.com/pdf/1.3/}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
_ACTIVE = {
    "/AcroForm": "a form to fill in",
    "/OpenAction": "an action that runs when it is opened",
    "/AA": "actions that run by themselves",
    "/AF": "attached files",
    "/Collection": "a collection of files",
    "/Perms": "a signature",
}
_BUILD = "build the cards with sitegen, or export the file as PDF/X-4"


def file_findings(pdf: pikepdf.Pdf, house: PrintHouse | None) -> Iterator[Finding]:
    """What is wrong with the file, apart from its pages."""
    for said in pdf.get_warnings():
        message = f"the file is damaged and was mended to be read: {str(said).rpartition(': ')[2]}"
        yield error("structure", message, "save it again")
    yield from _version(pdf)
    yield from _active(pdf)
    yield from _intents(pdf, house)
    yield from _metadata(pdf)
    if len(pdf.trailer.get("/ID", ())) != 2:
        yield error("identifier", "the file has no '/ID', by which presses tell files apart", _BUILD)
    if len({_size(page) for page in pdf.pages}) > 1:
        yield warning("boxes", "the pages have more than one finished size", "print them as files of their own")


def _version(pdf: pikepdf.Pdf) -> Iterator[Finding]:
    if pdf.is_encrypted:
        yield error("encryption", "the file is locked: a press can't open it", "save it without a password")
    version = str(pdf.Root.get("/Version", f"/{pdf.pdf_version}")).lstrip("/")
    if tuple(map(int, version.split("."))) > (1, 6):
        yield error("version", f"the file is PDF {version}; PDF/X-4 is PDF 1.6", _BUILD)


def _active(pdf: pikepdf.Pdf) -> Iterator[Finding]:
    for key, what in _ACTIVE.items():
        if key in pdf.Root:
            yield error("active", f"the file holds {what}", f"leave '{key}' out")
    names = pdf.Root.get("/Names", pikepdf.Dictionary())
    if "/JavaScript" in names:
        yield error("active", "the file holds a program (JavaScript)", "leave it out")
    if "/EmbeddedFiles" in names:
        yield error("active", "the file holds attached files", "leave them out")
    if "/OCProperties" in pdf.Root:
        yield warning("active", "the file has layers: whoever prints it may switch them off", "merge them")


def _intents(pdf: pikepdf.Pdf, house: PrintHouse | None) -> Iterator[Finding]:
    intents = [one for one in pdf.Root.get("/OutputIntents", ()) if one.get("/S") == Name.GTS_PDFX]
    if len(intents) != 1:
        message = f"the file has {len(intents) or 'no'} output intent{'s' if intents else ''} for print, not one"
        yield error("intent", message, _BUILD)
        return
    intent = intents[0]
    identifier = str(intent.get("/OutputConditionIdentifier", ""))
    profile = intent.get("/DestOutputProfile")
    if not identifier:
        yield error("intent", "the output intent has no identifier", _BUILD)
    if house is not None and identifier != house.intent.identifier:
        message = (
            f"the file is made for '{identifier}', the print house '{house.name}' prints '{house.intent.identifier}'"
        )
        yield error("intent", message, "build the cards for this print house")
    if not isinstance(profile, pikepdf.Stream):
        yield error("intent", "the output intent holds no colour profile", _BUILD)
        return
    content = profile.read_bytes()
    if (content[12:20], content[36:40]) != (b"prtrCMYK", b"acsp") or int(profile.get("/N", 0)) != 4:
        yield error("intent", "the output intent's profile is not that of a press with four inks", _BUILD)
    elif house is not None and identifier == house.intent.identifier and content != house.intent.profile:
        yield warning("intent", f"the output intent's profile is another than that of '{house.name}'")


def _metadata(pdf: pikepdf.Pdf) -> Iterator[Finding]:
    stream = pdf.Root.get("/Metadata")
    if not isinstance(stream, pikepdf.Stream):
        yield error("metadata", "the file has no metadata (XMP), so it says no standard", _BUILD)
        return
    if "/Filter" in stream:
        yield error("metadata", "the metadata is packed: whoever sorts files can't read it", _BUILD)
    said = pdf.open_metadata()
    if not str(said.get(f"{PDFX}GTS_PDFXVersion", "")).startswith("PDF/X-4"):
        yield error("metadata", "the metadata does not say PDF/X-4", _BUILD)
    if not said.get(f"{DUBLIN}title"):
        yield error("metadata", "the file has no title", "give it one")
    trapped = str(pdf.docinfo.get("/Trapped", "")).lstrip("/") if "/Info" in pdf.trailer else ""
    if trapped not in {"True", "False"} or str(said.get(f"{ADOBE}Trapped", trapped)) != trapped:
        yield error("metadata", "the file does not say plainly whether it is trapped", "write '/Trapped /False'")
    if not said.get(f"{XMP}CreateDate") or not said.get(f"{XMP}ModifyDate"):
        yield error("metadata", "the metadata has no dates", _BUILD)
    if "/DPartRoot" in pdf.Root and said.get(f"{PDFVT}GTS_PDFVTVersion") != "PDF/VT-1":
        yield error("metadata", "the file has document parts, and the metadata does not say PDF/VT-1", _BUILD)


def _size(page: pikepdf.Page) -> tuple[int, int]:
    left, bottom, right, top = (float(edge) for edge in page.trimbox)
    return round(abs(right - left)), round(abs(top - bottom))
