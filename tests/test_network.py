"""Network connections: fetching within limits, and link checks."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mltalks.errors import MltalksError
from mltalks.exchange.network import http
from mltalks.exchange.network.fetch import fetch
from mltalks.exchange.network.link_check import Verdict, check_links
from tests.conftest import needs
from tests.servers import Server, secured, serving

# Seconds that a slow machine may take for what ends at once; the slow paths of the server take longer.
PATIENCE = 8


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    needs("openssl")
    secure, certificate = secured(tmp_path_factory.mktemp("tls"))
    with serving(secure) as server:
        yield server, certificate


@pytest.fixture
def secure(certified: tuple[Server, Path], monkeypatch: pytest.MonkeyPatch) -> Server:
    """A trusted local server, without the proxies of the machine."""
    server, certificate = certified
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    no_proxies(monkeypatch)
    return server


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    no_proxies(monkeypatch)
    with serving() as server:
        yield server


@pytest.fixture
def _no_such_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make names under .invalid unknown (RFC 6761), also on a machine without a resolver."""
    resolved = socket.getaddrinfo

    def resolve(host: Any, *arguments: Any, **more: Any) -> Any:
        if str(host).endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return resolved(host, *arguments, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def fetched(address: str, limit: int = 1_000_000, timeout: float = 10, total: float = 10) -> bytes:
    with fetch(address, limit=limit, timeout=timeout, total=total) as body:
        return body.read()


def refused(address: str, timeout: float = 10, total: float = 10) -> str:
    with pytest.raises(MltalksError) as caught:
        fetched(address, timeout=timeout, total=total)
    assert len(caught.value.text().splitlines()) == 1
    assert caught.value.text("ja") != caught.value.text()
    return caught.value.text()


def test_the_body_of_an_address_is_fetched_completely(secure: Server) -> None:
    assert fetched(secure.address("/ok")) == b"hello"
    assert fetched(secure.address("/within")) == b"hello"
    assert fetched(secure.address("/packed")) == b"hello " * 50_000
    assert fetched(secure.address("/deflated")) == b"hello"
    assert secure.agents == {"mltalks"}


def test_a_redirect_to_another_host_or_scheme_is_refused_by_name(secure: Server, plain: Server) -> None:
    target = secure.address("/ok", "127.0.0.1")
    assert f"redirects to another host; use {target} instead" in refused(secure.address("/away"))
    secure.other = plain.address("")
    assert "only https:// addresses are downloaded" in refused(secure.address("/other"))
    assert plain.requests == []
    secure.other = "https://localhost:1"
    assert "redirects to another host" in refused(secure.address("/other"))
    assert "not a web address" in refused(secure.address("/file"))
    assert "redirects too many times" in refused(secure.address("/loop"))


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost/",
        "file:///etc/passwd",
        "ftp://localhost/",
        "localhost",
        "https://",
        "https://a b/",
        "https://[x/",
    ],
)
def test_only_https_is_fetched(address: str) -> None:
    assert "https://" in refused(address)


def test_a_password_in_an_address_is_neither_sent_nor_printed(secure: Server) -> None:
    message = refused(secure.address("/ok").replace("localhost", "someone:hush@localhost"))
    assert "name or password" in message
    assert "hush" not in message


def test_an_untrusted_certificate_is_an_error(
    certified: tuple[Server, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    no_proxies(monkeypatch)
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    assert "the certificate of localhost is not trusted" in refused(certified[0].address("/ok"))


@pytest.mark.parametrize("path", ["/large", "/endless", "/bomb"])
def test_too_much_is_refused_before_it_is_all_read(secure: Server, path: str) -> None:
    import tracemalloc

    tracemalloc.start()
    try:
        # It takes a slow machine long to make the bomb.
        assert "larger than 1 MB" in refused(secure.address(path), timeout=300, total=300)
        if path != "/bomb":  # the server of this test makes it in memory
            assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("path", "total"), [("/drip", 0.6), ("/drip-head", 0.6)])
def test_a_slow_response_ends_at_the_deadline(secure: Server, path: str, total: float) -> None:
    start = time.monotonic()
    assert "localhost is too slow" in refused(secure.address(path), total=total)
    assert total <= time.monotonic() - start + 0.1 < total + PATIENCE


def test_a_missing_response_ends_at_the_deadline(secure: Server) -> None:
    start = time.monotonic()
    assert "localhost is too slow" in refused(secure.address("/silent"), timeout=0.3)
    assert time.monotonic() - start < PATIENCE


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/404", "localhost responded with HTTP status 404 Not Found"),
        ("/500", "localhost responded with HTTP status 500"),
        ("/short", "the download is incomplete"),
        ("/half-packed", "the download is incomplete"),
        ("/not-packed", "is damaged"),
        ("/brotli", "unsupported compression: br"),
        ("/nonsense", "sent an invalid HTTP response"),
    ],
)
def test_each_failure_has_its_message(secure: Server, path: str, message: str) -> None:
    assert message in refused(secure.address(path))


@pytest.mark.usefixtures("_no_such_host")
def test_an_unknown_host_is_an_error(secure: Server) -> None:
    assert "host nowhere.invalid not found" in refused("https://nowhere.invalid/")
    assert "localhost cannot be reached: Connection refused" in refused("https://localhost:1/")


def test_a_proxy_of_the_environment_is_used(
    secure: Server, plain: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", plain.address(""))
    message = refused(secure.address("/ok", "127.0.0.1"))
    assert "Tunnel connection failed" in message
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert fetched(secure.address("/ok", "127.0.0.1")) == b"hello"


def verdicts(*addresses: str, timeout: float = 5, workers: int = 8) -> dict[str, Verdict]:
    found = list(check_links(addresses, timeout=timeout, workers=workers, pause=0))
    assert len(found) == len(set(addresses))
    return dict(found)


def test_links_are_judged_by_their_responses(plain: Server) -> None:
    found = verdicts(
        *(
            plain.address(path)
            for path in (
                "/ok",
                "/404",
                "/410",
                "/403",
                "/429",
                "/500",
                "/no-head",
                "/head-not-found",
                "/within",
            )
        )
    )
    assert {address.rpartition("/")[2]: one.state for address, one in found.items()} == {
        "ok": "fine", "404": "dead", "410": "dead", "403": "odd", "429": "odd", "500": "odd", "no-head": "fine",
        "head-not-found": "fine", "within": "fine",
    }  # fmt: skip
    assert ("GET", "/ok") not in [one for one in plain.requests if one[0] == "GET" and one[1] != "/ok"]
    assert plain.requests.count(("HEAD", "/429")) == 1
    assert ("GET", "/429") not in plain.requests


def test_a_permanent_redirect_reports_its_target(plain: Server) -> None:
    plain.other = "ftp://localhost"
    paths = ("/moved", "/moved-to-gone", "/to-front", "/loop", "/file", "/other")
    found = {path: verdicts(plain.address(path))[plain.address(path)] for path in paths}
    assert found["/moved"] == Verdict("moved", 200, plain.address("/ok", "127.0.0.1"))
    assert found["/moved-to-gone"].state == "dead"
    assert [found[path].state for path in paths[2:]] == ["odd"] * 4


@pytest.mark.slow
def test_one_request_at_a_time_for_a_host(plain: Server) -> None:
    addresses = [plain.address(f"/slowly?{number}") for number in range(6)]
    found = dict(check_links([*addresses, *addresses], pause=0.1))
    assert {one.state for one in found.values()} == {"fine"}
    assert (plain.most_at_once, len(plain.requests)) == (1, 6)


def test_there_is_a_pause_between_two_requests(plain: Server) -> None:
    start = time.monotonic()
    list(check_links([plain.address(f"/ok?{number}") for number in range(3)], pause=0.2))
    assert time.monotonic() - start >= 0.4


def test_a_slow_link_is_not_dead(plain: Server) -> None:
    start = time.monotonic()
    assert verdicts(plain.address("/silent"), timeout=0.3)[plain.address("/silent")].state == "odd"
    assert time.monotonic() - start < PATIENCE


@pytest.mark.usefixtures("_no_such_host")
def test_an_unknown_host_is_dead_unless_all_are_unknown(plain: Server) -> None:
    gone = "https://nowhere.invalid/talk"
    assert verdicts(gone, plain.address("/ok"))[gone].state == "dead"
    alone = verdicts(gone)[gone]
    assert alone.state == "odd"
    assert alone.message is not None
    assert alone.message.text() == "none of the hosts could be found; check the network"


def test_no_address_but_http_is_followed(plain: Server) -> None:
    odd = ["ftp://localhost/", "https://someone:hush@localhost/", "https://[x", "javascript:alert(1)"]
    assert {one.state for one in verdicts(*odd).values()} == {"odd"}


def test_a_stopped_check_sends_no_more_requests(plain: Server) -> None:
    asking = check_links([plain.address(f"/slowly?{number}") for number in range(20)], pause=0)
    next(asking)
    asking.close()  # type: ignore[attr-defined]
    time.sleep(0.3)
    sent = len(plain.requests)
    assert sent < 20
    time.sleep(0.2)
    assert len(plain.requests) == sent


def test_ctrl_c_ends_it_at_once(plain: Server) -> None:
    code = (
        "import sys\nfrom mltalks.exchange.network.link_check import check_links\n"
        "print('asking', flush=True)\nlist(check_links(sys.argv[1:], timeout=30))"
    )
    asking = subprocess.Popen(
        [sys.executable, "-c", code, plain.address("/silent")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with asking:
        assert asking.stdout is not None
        asking.stdout.readline()
        time.sleep(0.5)
        start = time.monotonic()
        asking.send_signal(signal.SIGINT)
        assert asking.wait(timeout=10) == -signal.SIGINT
        assert time.monotonic() - start < PATIENCE


def test_the_standard_client_takes_an_answer_from_makefile_alone() -> None:
    """If a new Python fails, `http._TimedSocket` needs the methods that its HTTPResponse calls, with the deadline."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nok")
        response = http.timed_response(ours, method="GET", deadline=http.Deadline(0.2, 0.2))
        response.begin()
        assert (response.status, response.read(2)) == (200, b"ok")
        with pytest.raises(TimeoutError):
            response.read()
        response.close()
