"""Print jobs on a Dask cluster: the same bytes as on this machine, whichever of its workers die.

The cluster sees what stands on the cards, members' links among it, so it must be private. Its logs and its dashboard
show hashes alone.
"""

from __future__ import annotations

import gc
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from threading import Lock
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sitegen.build.cards.print_job import Job, ProofJob, Stock, libraries
from sitegen.build.cards.print_shop import AHEAD, Made, PrintShop, Proof, Workshop, in_order
from sitegen.errors import Unusable
from sitegen.render.cards.plate import Plate
from sitegen.render.cards.refusal import Refused

if TYPE_CHECKING:
    from distributed import Client, Future

REACHED_WITHIN = 8
"""Seconds in which a scheduler answers, and has a worker."""
LOOKS_EVERY = 20
"""Seconds between two looks at whether any worker is left; the result of one print file is fetched in less."""
LOST_AFTER = 30
"""Seconds without any worker after which a build gives up: time enough for one to be started again."""
SENT_AT_ONCE = "1 GiB"
"""The designs of a theme are some megabytes, and sent once: Dask need not warn of them."""
_Result = TypeVar("_Result")

# Pango is not safe with threads, and a worker may have several: they print one after the other.
_printing = Lock()


@contextmanager
def cluster(stock: Stock, address: str) -> Iterator[PrintShop]:
    """The workers of the Dask scheduler at `address`: tcp://host:port, or tls:// with certificates as Dask's own
    settings name them.

    Raises Unusable where Dask is not installed, where nobody answers or no worker is there, and where the scheduler or
    a worker has other versions than this machine, for then the bytes would differ.
    """
    with _connected(address) as client:
        _refuse_others(client, address)
        yield _Cluster(client, address, _sent(client, _branch, _parcel(stock)))


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        import dask  # noqa: PLC0415 - an extra: who prints on this machine need not have it
        import distributed  # noqa: F401, PLC0415 - as above
    except ModuleNotFoundError as error:
        raise Unusable("printing on a cluster takes Dask\nhint: pip install sitegen[cluster]") from error
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": SENT_AT_ONCE}):
        client = _answered(address)
        if client is None:
            hint = "look whether its scheduler is running; an address looks like tcp://127.0.0.1:8786"
            raise Unusable(f"no Dask scheduler answers at '{address}'\nhint: {hint}")
        with client:
            try:
                client.wait_for_workers(1, timeout=REACHED_WITHIN)
            except TimeoutError as error:
                hint = f"start one where sitegen is installed: dask worker {address} --nthreads 1"
                raise Unusable(f"the cluster at '{address}' has no worker\nhint: {hint}") from error
            yield client


def _answered(address: str) -> Client | None:
    from distributed import Client  # noqa: PLC0415 - as above

    with suppress(OSError, ValueError, TypeError, RuntimeError):
        return Client(address, timeout=REACHED_WITHIN, set_as_default=False, name="sitegen")
    # The client that failed closes itself when it is collected: not in the thread of a next one, which it would stop.
    gc.collect()
    return None


def _refuse_others(client: Client, address: str) -> None:
    """Where sitegen's version differs, another function of this module may be missing: all is asked from outside."""
    try:
        held = {"the scheduler": client.run_on_scheduler(libraries)}
    except (ImportError, AttributeError) as error:
        held = {"the scheduler": error}
    held |= {f"the worker {name}": one for name, one in client.run(libraries, on_error="return").items()}
    others = [f"{name} has {_strange(found, libraries())}" for name, found in held.items() if found != libraries()]
    if others:
        raise _other(f"the cluster at '{address}' would print other bytes: {'; '.join(sorted(others))}", libraries())


def _strange(found: object, wanted: Mapping[str, str]) -> str:
    if not isinstance(found, Mapping):
        return "no sitegen, or quite another one"
    return ", ".join(f"{name} {found.get(name, 'not')}" for name in wanted if found.get(name) != wanted[name])


def _other(what: str, wanted: Mapping[str, str]) -> Unusable:
    named = " ".join(f"{name}=={number}" for name, number in wanted.items())
    return Unusable(f"{what}\nhint: install there what is here: {named}")


@dataclass(frozen=True, slots=True)
class _Parcel:
    """Something pickled, with the versions of who packed it. Dask logs the arguments of what fails: this tells none."""

    key: str
    content: bytes = field(repr=False)
    packed_with: Mapping[str, str] = field(repr=False)

    def open(self) -> Any:
        """What is inside. Raises Unusable where this process has other versions: one that joined later."""
        if libraries() != self.packed_with:
            held = _strange(libraries(), self.packed_with)
            raise _other(f"a worker that joined the cluster has {held}", self.packed_with)
        return pickle.loads(self.content)  # noqa: S301 - a Dask cluster runs what it is sent anyway


def _parcel(content: object) -> _Parcel:
    packed = pickle.dumps(content, protocol=pickle.HIGHEST_PROTOCOL)
    return _Parcel(sha256(packed).hexdigest(), packed, libraries())


class _Branch(Workshop):
    """A workshop in a worker. It travels without its presses, which another process could not use."""

    __slots__ = ()

    def __reduce__(self) -> tuple[type[_Branch], tuple[Stock]]:
        return _Branch, (self.stock,)


def _branch(stock: _Parcel) -> _Branch:
    return _Branch(stock.open())


def _held(parcel: _Parcel) -> Any:
    return parcel.open()


def _plate(branch: _Branch, design: _Parcel) -> Plate | tuple[Refused, ...]:
    with _printing:
        return branch.plate(design.open())


def _made(branch: _Branch, plate: Plate, job: _Parcel) -> Made:
    with _printing:
        return branch.make(job.open(), plate)


def _proof(branch: _Branch, plate: Plate, job: _Parcel) -> Proof:
    with _printing:
        return branch.proof(job.open(), plate)


@dataclass(frozen=True, slots=True)
class _Cluster:
    """The workshops of a cluster. Stock and plates are tasks too, so that Dask makes them anew where a worker dies."""

    client: Client
    address: str
    branch: Future[_Branch]
    held: dict[Plate, Future[Plate]] = field(default_factory=dict)

    def plates(self, designs: tuple[str, ...]) -> Iterator[Plate | tuple[Refused, ...]]:
        calls = (partial(self._ask, _plate, _parcel(design)) for design in designs)
        return in_order(calls, self._most())

    def made(self, jobs: Iterator[tuple[Job, Plate]]) -> Iterator[Made]:
        calls = (partial(self._ask, _made, _parcel(job), self._held(plate)) for job, plate in jobs)
        return in_order(calls, self._most())

    def proofs(self, jobs: Sequence[tuple[ProofJob, Plate]]) -> Iterator[Proof]:
        calls = (partial(self._ask, _proof, _parcel(job), self._held(plate)) for job, plate in jobs)
        return in_order(calls, self._most())

    def _most(self) -> int:
        return AHEAD * max(1, len(self.client.nthreads()))

    def _held(self, plate: Plate) -> Future[Plate]:
        """A plate goes out once, however many jobs are printed with it."""
        if plate not in self.held:
            self.held[plate] = _sent(self.client, _held, _parcel(plate))
        return self.held[plate]

    def _ask(self, what: Callable[..., _Result], about: _Parcel, *held: Future[Any]) -> _Awaited[_Result]:
        return _Awaited(self.client, self.address, _sent(self.client, what, about, self.branch, *held))


def _sent(client: Client, what: Callable[..., _Result], about: _Parcel, *held: Future[Any]) -> Future[_Result]:
    """A task whose name tells nothing, and is the same for the same work."""
    named = (what.__name__, about.key, *(str(one.key) for one in held))
    key = f"sitegen{what.__name__}-{sha256(repr(named).encode()).hexdigest()}"
    return client.submit(what, *held, about, key=key)


@dataclass(frozen=True, slots=True)
class _Awaited(Generic[_Result]):
    """What a worker is making."""

    client: Client
    address: str
    future: Future[_Result]

    def result(self) -> _Result:
        """What was made. Raises Unusable where the cluster ends, and what the work itself raises."""
        from distributed import KilledWorker  # noqa: PLC0415 - as in _connected

        try:
            while True:
                # A result whose worker died before it was fetched is made anew, so each wait has its end.
                try:
                    return self.future.result(timeout=LOOKS_EVERY)
                except TimeoutError:
                    if self.future.status == "error":
                        raise
                    self._require_workers()
        except KilledWorker as error:
            hint = "its logs tell why, often that memory ran out; what is printed is kept: run the same again"
            what = f"one print file ended several workers of the cluster at '{self.address}'"
            raise Unusable(f"{what}\nhint: {hint}") from error
        except (CancelledError, OSError) as error:
            if self.future.status == "error":
                raise
            raise self._gone() from error

    def _require_workers(self) -> None:
        until = monotonic() + LOST_AFTER
        while not self.client.nthreads():
            if monotonic() > until:
                raise self._gone()
            sleep(LOOKS_EVERY / 10)

    def _gone(self) -> Unusable:
        hint = "what is printed is kept: start it again, and run the same again"
        return Unusable(f"the cluster at '{self.address}' is gone\nhint: {hint}")
