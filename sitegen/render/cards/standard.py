"""Make a finished PDF conform: PDF/X-4, and PDF/VT-1 where the print house takes document parts."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from uuid import UUID

import pikepdf
from pikepdf import Array, Dictionary, Name

from sitegen.model.print_house import Intent, PrintHouse

VERSION = "1.6"
"""PDF/X-4 (ISO 15930-7) is PDF 1.6."""
PDFX = "http://www.npes.org/pdfx/ns/id/"
PDFVT = "http://www.npes.org/pdfvt/ns/id/"
_ACTIVE = ("/AcroForm", "/OpenAction", "/AA", "/Names", "/Dests", "/AF", "/URI", "/Outlines", "/OCProperties")
"""What a reader clicks on has no place on paper; PDF/X-4 forbids most of it."""


@dataclass(frozen=True, slots=True)
class Part:
    """The pages of one record, for the press: it stops, sorts and reprints by records.

    `first` counts pages from 0. `customer` is a keyed hash, never a name or an id: print files travel.
    """

    record: int
    first: int
    pages: int
    customer: str
    campaign: str
    language: str


def conformed(
    target: pikepdf.Pdf, house: PrintHouse, titled: str, instant: datetime, parts: tuple[Part, ...] = ()
) -> bytes:
    """The bytes of the file as the print house takes it. Equal pages, parts and `instant` (UTC) make equal bytes.

    Takes out whatever PDF/X-4 forbids around the pages (annotations, forms, scripts, attachments, page groups), and
    adds version, metadata, identifiers and the one output intent. Where the house takes variable data, `parts` become
    PDF/VT-1 document parts: they must cover all pages in order. Boxes and colours are the pages' own affair. `target`
    is changed, and done with.
    """
    for key in _ACTIVE:
        if key in target.Root:
            del target.Root[key]
    for page in target.pages:
        for key in ("/Annots", "/Group", "/AA", "/Thumb", "/Tabs", "/StructParents"):
            if key in page.obj:
                del page.obj[key]
    _blend_in_inks(target)
    target.Root.OutputIntents = Array([_intent(target, house.intent)])
    if house.variable and parts:
        target.Root.DPartRoot = _parts(target, parts)
    _describe(target, house, titled, instant, parts)
    content = BytesIO()
    target.save(
        content, force_version=VERSION, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
    )
    return content.getvalue()


def _blend_in_inks(target: pikepdf.Pdf) -> None:
    """WeasyPrint has what shines through mixed in RGB; on paper it is mixed of inks."""
    for form in target.objects:
        if isinstance(form, pikepdf.Stream) and isinstance(group := form.get("/Group"), Dictionary):
            group.CS = Name.DeviceCMYK


def _intent(target: pikepdf.Pdf, intent: Intent) -> pikepdf.Object:
    packed = _packed(intent.profile)
    profile = target.make_stream(packed, Filter=Name.FlateDecode, N=4, Alternate=Name.DeviceCMYK)
    return target.make_indirect(
        Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFX,
            OutputConditionIdentifier=intent.identifier,
            OutputCondition=intent.condition,
            RegistryName=intent.registry,
            Info=intent.condition,
            DestOutputProfile=profile,
        )
    )


@lru_cache(maxsize=4)
def _packed(profile: bytes) -> bytes:
    """Every file of a print house carries the same profile, and packing it takes as long as twenty cards."""
    return zlib.compress(profile, 9)


def _parts(target: pikepdf.Pdf, parts: tuple[Part, ...]) -> pikepdf.Object:
    """The tree of document parts (ISO 16612-2): a root, and one leaf for each record."""
    pages = [page.obj for page in target.pages]
    ends = [part.first + part.pages for part in parts]
    assert [part.first for part in parts] == [0, *ends[:-1]], "parts must follow each other"
    assert ends[-1] == len(pages), "parts must cover all pages"
    root = target.make_indirect(Dictionary(Type=Name.DPartRoot, RecordLevel=1, NodeNameList=[Name.Root, Name.Record]))
    node = target.make_indirect(Dictionary(Type=Name.DPart, Parent=root))
    leaves = [target.make_indirect(_leaf(part, node, pages)) for part in parts]
    for part, leaf in zip(parts, leaves, strict=True):
        for page in pages[part.first : part.first + part.pages]:
            page.DPart = leaf
    node.DParts = Array([Array(leaves)])
    root.DPartRootNode = node
    return root


def _leaf(part: Part, node: pikepdf.Object, pages: Sequence[pikepdf.Object]) -> Dictionary:
    about = Dictionary(
        Record=part.record, Customer=part.customer, Campaign=part.campaign, Language=part.language or "und"
    )
    leaf = Dictionary(Type=Name.DPart, Parent=node, Start=pages[part.first], DPM=about)
    if part.pages > 1:
        leaf.End = pages[part.first + part.pages - 1]
    return leaf


def _describe(target: pikepdf.Pdf, house: PrintHouse, titled: str, instant: datetime, parts: tuple[Part, ...]) -> None:
    """The same title, dates and trapping in both places where a PDF says them."""
    stamp = instant.strftime("D:%Y%m%d%H%M%S+00'00'")
    target.docinfo = target.make_indirect(
        Dictionary(
            Title=titled,
            Creator="sitegen",
            Producer="sitegen",
            CreationDate=stamp,
            ModDate=stamp,
            Trapped=Name("/False"),
        )
    )
    moment = instant.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    document = sha256(repr((titled, house.name, parts[0].campaign if parts else "")).encode())
    with target.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata.register_xml_namespace(PDFX, "pdfxid")
        metadata.register_xml_namespace(PDFVT, "pdfvtid")
        metadata["dc:title"] = titled
        metadata["xmp:CreatorTool"] = metadata["pdf:Producer"] = "sitegen"
        metadata["pdf:Trapped"] = "False"
        metadata["xmp:CreateDate"] = metadata["xmp:ModifyDate"] = metadata["xmp:MetadataDate"] = moment
        metadata["xmpMM:DocumentID"] = _identifier(document.digest())
        metadata["xmpMM:InstanceID"] = _identifier(_instance(target, document.digest(), moment, parts))
        metadata["xmpMM:VersionID"], metadata["xmpMM:RenditionClass"] = "1", "default"
        metadata["pdfxid:GTS_PDFXVersion"] = "PDF/X-4"
        if "/DPartRoot" in target.Root:
            metadata["pdfvtid:GTS_PDFVTVersion"] = "PDF/VT-1"
            metadata["pdfvtid:GTS_PDFVTModDate"] = moment


def _instance(target: pikepdf.Pdf, document: bytes, moment: str, parts: tuple[Part, ...]) -> bytes:
    """A digest of what the pages draw by themselves, of their records and of the date."""
    digest = sha256(document + repr((moment, parts)).encode())
    for page in target.pages:
        contents = page.obj.get("/Contents", Array([]))
        for stream in contents if isinstance(contents, Array) else (contents,):
            digest.update(stream.read_raw_bytes())
    return digest.digest()


def _identifier(digest: bytes) -> str:
    return f"uuid:{UUID(bytes=digest[:16], version=5)}"
