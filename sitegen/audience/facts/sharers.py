"""Tell the customers who had their parcels sent to work: those who like to share with people."""

from __future__ import annotations

import ibis

COMPANY = (
    "gmbh|mbh|kg|ohg|ag|inc|llc|llp|ltd|limited|corp|corporation|company|plc|bv|b\\.v\\.|n\\.v\\.|sarl|s\\.a\\.|s\\.l\\."
    "|s\\.p\\.a\\.|oy|aps|co\\.|& co|c/o|office|offices|b(ü|Ü|ue)ro|kantoor|bureau|oficina|ufficio|kontor|biuro|ofisi?"
    "|reception|rezeption|dept|department|abteilung|firma"
)
"""Words of a company in an address, in small letters. They stand alone: "ag" is one, "Tagweg" has none."""

COMPANY_CHINESE = (
    "公司|集团|集團|大厦|大廈|写字楼|寫字樓|商务楼|办公|辦公|单位|單位|工厂|工廠|前台|事务所|工作室|科技园|产业园"
)
"""Chinese is written without spaces, so these count wherever they stand."""

CASUAL = "(mr|mrs|ms|miss|mister|herr|frau|mme|madame|monsieur|mevrouw|meneer)(\\.| |$)"
CASUAL_CHINESE = "(先生|女士|小姐|太太|老师|总|經理|经理)$"

EXTENSION = "((ext|extension|extn|durchwahl|dw|转|轉|分机|分機|#|x)\\.? ?[0-9]{1,6}|[0-9]{4,}-[0-9]{1,3})$"
"""An extension of a switchboard: ext 12, 转8012, or 66969-12; not the groups of 06-12-34-56-78."""


def shares(customers: ibis.Table) -> ibis.BooleanValue:
    """Whether each customer left a company's address, a salutation for a name, or a telephone with an extension.

    Always known. Where the shop has said yes or no to `company_address`, that is believed and the street is not read.
    Source: "leave the company address, such as Mr. So-and-so, miss, telephone number more casually ... like to
    share with people".
    """
    street = customers["street"].lower()
    at_work = street.re_search(_alone(COMPANY)) | street.re_search(COMPANY_CHINESE)
    first, last = _known(customers["first_name"]), _known(customers["last_name"])
    casual = (first + " " + last).strip().lower().re_search(f"^{CASUAL}") | (last + first).re_search(CASUAL_CHINESE)
    extension = customers["phone"].strip().lower().re_search(EXTENSION)
    address = ibis.coalesce(customers["company_address"], at_work, ibis.literal(False))
    return address | casual | extension.fill_null(False)


def _alone(words: str) -> str:
    # Engines disagree on the sign of a word's edge, and all know what is no letter.
    return f"(^|[^a-z])({words})($|[^a-z])"


def _known(text: ibis.Value) -> ibis.Value:
    return text.strip().fill_null("")
