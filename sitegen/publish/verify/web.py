"""Compare what a web server gives with what was built, and ask for what it must not give."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor

from sitegen.errors import Unusable
from sitegen.protect.names import SITE_PATH
from sitegen.publish.verify.client import Address, Answer, Client
from sitegen.publish.verify.findings import Report
from sitegen.publish.verify.headers import header_warnings
from sitegen.publish.verify.judging import HOME, Site, is_polite, judge_file, judge_stranger, leads_on

AT_ONCE = 8
"""Requests on their way at the same time: enough to hide the distance, too few to hurt a small host."""
NEVER = (
    *(".git/HEAD", ".git/config", ".env", ".sitegen/dev-keys", ".sitegen/keys", ".sitegen/ledger.sqlite"),
    *("sitegen.lock", "build.json", "output/build.json", "output/mail/", "output/cards/", "output/work/plan.csv"),
    *("content/site.yaml", "content/customers/customers.csv", "site/index.html", "output/site/index.html"),
)
"""What lies beside a site in the shop's folder; no address may give it."""
MOST_FORMER = 500
BRIEFLY = 5
"""Seconds for a host that need not be there yet."""
Tick = Callable[[], None]


def verify_web(address: Address, site: Site, tick: Tick) -> Report:
    """Every file's bytes, what must not be there, and the headers; `tick` for each of `requests(site)`.

    Raises Unusable where nobody answers.
    """
    client = Client(address)
    try:
        manifest = client.get(SITE_PATH)
        strangers = _must_not_be(site)
        answers = _all(
            client, {path: _request(path) for path in site.digests} | {path: path for path in strangers}, tick
        )
    except (OSError, http.client.HTTPException) as error:
        raise Unusable(f"'{address.origin}' does not answer: {str(error) or type(error).__name__}") from None
    finally:
        client.close()
    judged = (
        *(
            None if leads_on(path, answers[path], site) else judge_file(path, digest, answers[path])
            for path, digest in site.digests.items()
        ),
        *(judge_stranger(path, answers[path], site) for path in strangers),
    )
    findings = sorted(found for found in judged if found)
    kind = any(is_polite(answers[path], site) for path in strangers)
    warnings = (
        *header_warnings(address, manifest, answers.get(HOME)),
        *(["the host answers 200 for what is not there; it should answer 404"] if kind else []),
    )
    return Report(f"{address.origin}{address.base}", len(site.digests), tuple(findings), warnings)


def serves(address: Address, digests: Mapping[str, str]) -> bool:
    """Whether an address gives this build's site.json; False where nobody answers."""
    client = Client(address, BRIEFLY)
    try:
        return client.get(SITE_PATH).digest == digests[SITE_PATH]
    except (OSError, http.client.HTTPException):
        return False
    finally:
        client.close()


def requests(site: Site) -> int:
    """How many requests a comparison takes."""
    return len(site.digests) + len(_must_not_be(site))


def _must_not_be(site: Site) -> tuple[str, ...]:
    """Files beside the site and of former builds, and the lists of its folders."""
    listed = {f"{path.partition('/')[0]}/" for path in site.digests if "/" in path}
    listed.update(f"{path.partition('/k/')[0]}/" for path in site.digests if path.startswith("sg/") and "/k/" in path)
    asked: Iterable[str] = dict.fromkeys((*NEVER, *sorted(listed), *site.former[:MOST_FORMER]))
    return tuple(path for path in asked if path not in site.digests and path + HOME not in site.digests)


def _all(client: Client, paths: Mapping[str, str], tick: Tick) -> dict[str, Answer | None]:
    """The answers by the keys of `paths`; None where none came."""

    def ask(path: str) -> Answer | None:
        try:
            return client.get(path)
        except (OSError, http.client.HTTPException):
            return None
        finally:
            tick()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            return dict(zip(paths, pool.map(ask, paths.values()), strict=True))
        except BaseException:
            # Ctrl-C: what is on its way ends by itself, the rest is never asked for.
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _request(path: str) -> str:
    # Hosts with pretty addresses redirect from the file to its folder, so the folder is asked for at once.
    return path.removesuffix(HOME) if path == HOME or path.endswith(f"/{HOME}") else path
