"""Cards are printed on a Dask cluster: a real scheduler and real workers, some of which die."""

from __future__ import annotations

import re
import signal
import socket
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from dask import config as dask_config

from sitegen.build.cards import cluster as cluster_module
from sitegen.build.cards.cluster import cluster
from sitegen.build.cards.print_job import ProofJob, Stock, libraries
from sitegen.build.cards.print_shop import Made, PrintShop, Workshop
from sitegen.errors import Exit, Unusable
from sitegen.render.cards.plate import Plate
from sitegen.render.cards.proof_picks import Pick
from tests.build.conftest import Shop
from tests.build.print_goods import CODE, DESIGN, INSTANT, NAME, job, print_goods
from tests.render.cards.conftest import LATIN
from tests.servers.dask_cluster import DaskCluster, running

pytestmark = pytest.mark.slow

ADDRESS_HINT = "hint: look whether its scheduler is running; an address looks like tcp://127.0.0.1:8786"


@pytest.fixture(scope="session")
def goods() -> Stock:
    return print_goods()


# For this module alone: waiting for work, the three processes still ask each other all the time.
@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """A scheduler with two workers that nobody kills."""
    with running(tmp_path_factory.mktemp("dask"), workers=2) as made:
        yield made


@pytest.fixture(scope="session")
def plate(goods: Stock) -> Plate:
    made = Workshop(goods).plate(DESIGN)
    assert isinstance(made, Plate)
    return made


def printed(shop: PrintShop, plate: Plate, jobs: int, cards: int) -> list[Made]:
    return list(shop.made((job(number, cards), plate) for number in range(jobs)))


def test_a_cluster_prints_the_bytes_of_this_process(goods: Stock, plate: Plate, dask: DaskCluster) -> None:
    proof = ProofJob(
        "autumn",
        "autumn",
        "",
        "Autumn",
        "Lantern & Loom",
        DESIGN,
        (Pick(LATIN, ("the first",)),),
        pictures=False,
        instant=INSTANT,
    )
    here = Workshop(goods)
    with cluster(goods, dask.address) as shop:
        assert list(shop.plates((DESIGN,))) == [plate]
        assert printed(shop, plate, 5, 2) == printed(here, plate, 5, 2)
        assert list(shop.proofs([(proof, plate)])) == list(here.proofs([(proof, plate)]))


def test_nothing_that_a_cluster_logs_names_a_member(goods: Stock, plate: Plate, dask: DaskCluster) -> None:
    broken = replace(job(0, 1), design="a design that is missing")
    with cluster(goods, dask.address) as shop:
        made = shop.made(iter([(job(0, 1), plate), (broken, plate)]))
        assert next(made).cards
        with pytest.raises(KeyError, match="a design that is missing"):
            next(made)
    logs = dask.logs()
    assert "Compute Failed" in logs
    assert NAME not in logs
    assert CODE not in logs
    assert LATIN.link not in logs


def test_a_scheduler_that_nobody_started_is_told(goods: Stock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "REACHED_WITHIN", 1)
    # Bound, and not listening: nobody else can take the port meanwhile.
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(Unusable) as told, cluster(goods, address):
            pass
    assert str(told.value) == f"no Dask scheduler answers at '{address}'\n{ADDRESS_HINT}"
    assert told.value.exit_code == Exit.MISTAKE


@pytest.mark.parametrize("address", ["pigeon://127.0.0.1:8786", "127.0.0.1:port", "tcp://127.0.0.1"])
def test_an_address_that_is_none_is_told(goods: Stock, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(cluster_module, "REACHED_WITHIN", 1)
    with pytest.raises(Unusable, match=f"no Dask scheduler answers at '{address}'"), cluster(goods, address):
        pass


def test_who_lacks_dask_is_told_how_to_get_it(goods: Stock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(Unusable) as told, cluster(goods, "tcp://127.0.0.1:8786"):
        pass
    assert str(told.value) == "printing on a cluster takes Dask\nhint: pip install sitegen[cluster]"


def with_another_pikepdf(folder: Path) -> dict[str, str]:
    """An environment in which Python finds another version of pikepdf first, by what its records say."""
    about = folder / "pikepdf-1.2.3.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: pikepdf\nVersion: 1.2.3\n")
    return {"PYTHONPATH": str(folder)}


def with_another_sitegen(folder: Path) -> dict[str, str]:
    """An environment in which Python finds a package sitegen that has nothing of ours."""
    (folder / "sitegen").mkdir()
    (folder / "sitegen" / "__init__.py").touch()
    return {"PYTHONPATH": str(folder)}


def test_a_cluster_with_other_versions_is_refused(goods: Stock, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    with running(tmp_path, workers=0) as lonely:
        lonely.worker(with_another_pikepdf(tmp_path / "one"))
        lonely.worker(with_another_sitegen(tmp_path / "two"))
        lonely.joined(2)
        with pytest.raises(Unusable) as told, cluster(goods, lonely.address):
            pass
    what, hint = re.sub(r":\d+\b", ":PORT", str(told.value)).split("\n")
    refused, _, others = what.partition(" would print other bytes: ")
    assert refused == "the cluster at 'tcp://127.0.0.1:PORT'"
    assert set(others.split("; ")) == {
        "the worker tcp://127.0.0.1:PORT has no sitegen, or quite another one",
        "the worker tcp://127.0.0.1:PORT has pikepdf 1.2.3",
    }
    assert hint == "hint: install there what is here: " + " ".join(f"{name}=={n}" for name, n in libraries().items())


@pytest.mark.slow
def test_the_verb_prints_on_a_cluster_what_it_prints_here(shop: Shop, twin: Shop, dask: DaskCluster) -> None:
    verb = ("cards", "autumn-card", "--on", "2026-09-08", "--sheet", "A3", "--quiet")
    here, there = shop.run(*verb, "--jobs", "1"), twin.run(*verb, "--cluster", dask.address)
    assert (here.returncode, here.stderr) == (0, "")
    assert (there.returncode, there.stderr) == (0, "")
    assert shop.tree() == twin.tree()


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate that vouches for itself, and its key."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "press")])
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    built = x509.CertificateBuilder(name, name, key.public_key(), 1, begin, begin.replace(year=2099))
    signed = built.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, SHA256())
    (folder / "press.crt").write_bytes(signed.public_bytes(Encoding.PEM))
    (folder / "press.key").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    )
    return folder / "press.crt", folder / "press.key"


@pytest.mark.slow
def test_over_tls_with_certificates_as_dask_is_set(goods: Stock, plate: Plate, tmp_path: Path) -> None:
    cert, key = map(str, certificate(tmp_path))
    pair = {"cert": cert, "key": key}
    settings = {"ca-file": cert, "client": pair, "scheduler": pair, "worker": pair}
    prefix = "DASK_DISTRIBUTED__COMM__TLS__"
    variables = {f"{prefix}{who}__{name}": value for who in ("SCHEDULER", "WORKER") for name, value in pair.items()}
    variables[f"{prefix}CA_FILE"] = cert
    with running(tmp_path, workers=1, settings=variables, protocol="tls") as made:
        assert made.address.startswith("tls://127.0.0.1:")
        with pytest.raises(Unusable, match="no Dask scheduler answers"), cluster(goods, made.address):
            pass
        ours = {"distributed.comm.tls": {**dask_config.get("distributed.comm.tls"), **settings}}
        with dask_config.set(ours), cluster(goods, made.address) as shop:
            assert printed(shop, plate, 1, 2) == printed(Workshop(goods), plate, 1, 2)


@pytest.mark.slow
def test_the_verb_tells_of_a_scheduler_that_is_not_there(shop: Shop) -> None:
    told = shop.run("cards", "autumn-card", "--on", "2026-09-08", "--quiet", "--cluster", "tcp://127.0.0.1:9")
    assert told.returncode == Exit.MISTAKE
    assert told.stderr.endswith(f"no Dask scheduler answers at 'tcp://127.0.0.1:9'\n{ADDRESS_HINT}\n")
    assert not (shop.output / "cards").exists()


@pytest.mark.slow
def test_a_worker_with_other_versions_that_joins_later_prints_nothing(
    goods: Stock, plate: Plate, tmp_path: Path
) -> None:
    (tmp_path / "one").mkdir()
    with running(tmp_path, workers=1) as made, cluster(goods, made.address) as shop:
        other = made.worker(with_another_pikepdf(tmp_path / "one"))
        made.joined(2)
        made.processes[1].kill()
        with pytest.raises(Unusable, match=r"a worker that joined the cluster has pikepdf 1\.2\.3"):
            printed(shop, plate, 2, 2)
        assert other.poll() is None


@pytest.mark.slow
def test_a_cluster_without_workers_is_told(goods: Stock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "REACHED_WITHIN", 2)
    with running(tmp_path, workers=0) as lonely:
        with pytest.raises(Unusable) as told, cluster(goods, lonely.address):
            pass
        hint = f"start one where sitegen is installed: dask worker {lonely.address} --nthreads 1"
        assert str(told.value) == f"the cluster at '{lonely.address}' has no worker\nhint: {hint}"


@pytest.mark.slow
@pytest.mark.parametrize("nth", range(2))
def test_a_worker_that_is_killed_costs_no_card_and_changes_no_byte(
    goods: Stock, plate: Plate, tmp_path: Path, nth: int
) -> None:
    here = printed(Workshop(goods), plate, 16, 10)
    with running(tmp_path, workers=2) as made, cluster(goods, made.address) as shop:
        results = shop.made((job(number, 10), plate) for number in range(16))
        first = [next(results) for _ in range(3)]
        dying = made.processes[1 + nth]
        dying.send_signal(signal.SIGKILL)
        rest = list(results)
        assert dying.wait() == -signal.SIGKILL
    assert [*first, *rest] == here
    assert [card.record for one in here for card in one.cards] == list(range(1, 161))


@pytest.mark.slow
def test_a_worker_with_several_threads_prints_the_same(goods: Stock, plate: Plate, tmp_path: Path) -> None:
    with running(tmp_path, workers=0) as made:
        made.worker(threads=4)
        made.joined(1)
        with cluster(goods, made.address) as shop:
            assert printed(shop, plate, 8, 5) == printed(Workshop(goods), plate, 8, 5)


@pytest.mark.slow
@pytest.mark.parametrize("dying", ["scheduler", "workers"])
def test_a_cluster_that_ends_is_told(
    goods: Stock, plate: Plate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dying: str
) -> None:
    monkeypatch.setattr(cluster_module, "LOOKS_EVERY", 1)
    monkeypatch.setattr(cluster_module, "LOST_AFTER", 1)
    with running(tmp_path, workers=2) as made, cluster(goods, made.address) as shop:
        results = shop.made((job(number, 10), plate) for number in range(16))
        assert next(results).cards
        for process in made.processes[:1] if dying == "scheduler" else made.processes[1:]:
            process.kill()
        with pytest.raises(Unusable) as told:
            list(results)
    hint = "what is printed is kept: start it again, and run the same again"
    assert str(told.value) == f"the cluster at '{made.address}' is gone\nhint: {hint}"
