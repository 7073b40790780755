"""One request and its answer over HTTP or HTTPS, every step in time, by the proxy that the environment names.

Does not follow redirects and does not read bodies: callers do.

The standard library's client, with each read under a deadline of its own: urllib3 and httpx limit the time between two
reads, but not that of an answer as a whole.
"""

import io
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import lru_cache, partial
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any, NamedTuple
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

from mltalks.messages import Message

AGENT = "mltalks"
MOST_HOPS = 5
REDIRECTS = (301, 302, 303, 307, 308)


class Failed(Exception):  # noqa: N818 - carries a value to where it is reported
    """An address that does not answer; `gone` says that its host has no address."""

    def __init__(self, template: str, *, gone: bool = False, **values: object) -> None:
        super().__init__(template)
        self.message = Message(template, values)
        self.gone = gone


class Deadline:
    """How long an answer may still take: `timeout` seconds for each read, `total` for all of it."""

    def __init__(self, timeout: float, total: float) -> None:
        self._timeout = timeout
        self._ends = time.monotonic() + total

    def left(self) -> float:
        """Return the seconds that the next step may take.

        Raises TimeoutError: none are left.
        """
        left = min(self._timeout, self._ends - time.monotonic())
        if left <= 0:
            raise TimeoutError
        return left


class _TimedStream(io.RawIOBase):
    """The bytes that a connected socket receives; each read gets no more time than is left."""

    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        super().__init__()
        self._stream = connected.makefile("rb", buffering=0)
        self._connected = connected
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._connected.settimeout(self._deadline.left())
        return self._stream.readinto(buffer)

    def close(self) -> None:
        self._stream.close()
        super().close()


class _TimedSocket(NamedTuple):
    """What HTTPResponse reads an answer from: it calls `makefile` of what it is given, and nothing else."""

    connected: socket.socket
    deadline: Deadline

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return the bytes that are received, from the status line on, as a stream with a deadline."""
        return io.BufferedReader(_TimedStream(self.connected, self.deadline))


def timed_response(
    connected: socket.socket, *arguments: Any, deadline: Deadline, **more: Any
) -> HTTPResponse:
    """Return what `http.client` makes for an answer, with a deadline for all of it."""
    timed: Any = _TimedSocket(connected, deadline)
    return HTTPResponse(timed, *arguments, **more)


def split(address: str) -> SplitResult | None:
    """Return the parts of an address with a scheme, a host and, where there is one, a port; None for anything else.

    >>> split("https://example.org:x/"), split("mailto:a@example.org"), split("https://exa mple.org/")
    (None, None, None)
    """
    try:
        parts = urlsplit(address)
        fine = bool(parts.scheme and parts.hostname) and parts.port != 0
        (parts.hostname or "").encode("idna")
    except ValueError:  # UnicodeError is one
        return None
    return parts if fine and not any(one.isspace() or not one.isprintable() for one in address) else None


def shown(address: str) -> str:
    """Return an address as a message says it: short, and without a password."""
    parts = split(address)
    if parts is not None and "@" in parts.netloc:
        address = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    return address if len(address) <= 200 else f"{address[:200]}…"


def target_of(response: HTTPResponse, address: str) -> str | None:
    """Return where a redirect leads, or None for another answer."""
    place = response.getheader("Location")
    if response.status not in REDIRECTS or not place:
        return None
    try:
        # http.client reads header fields as Latin-1; addresses are written in UTF-8.
        return urljoin(address, place.encode("latin-1").decode("utf-8"))
    except ValueError:
        return None


@contextmanager
def answer(
    method: str, parts: SplitResult, deadline: Deadline, header: Mapping[str, str]
) -> Iterator[HTTPResponse]:
    """Yield the answer of an address, its body unread.

    Raises Failed: it does not answer, in time, or as HTTP says.
    """
    import ssl  # 10 ms

    host = parts.hostname or ""
    connection: HTTPConnection | None = None
    try:
        route = _route(parts, deadline)
        connection = route.connection
        all_headers = {"Accept-Encoding": "identity", "Connection": "close", **header, **route.header}
        connection.request(method, route.target, headers=all_headers)
        with closing(connection.getresponse()) as response:
            yield response
    except socket.gaierror as error:
        gone = error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
        raise Failed(
            "host {host} not found; check the address and the network", gone=gone, host=host
        ) from None
    except ssl.SSLCertVerificationError as error:
        raise Failed(
            "the certificate of {host} is not trusted: {reason}", host=host, reason=error.verify_message
        ) from None
    except TimeoutError:
        raise Failed("{host} is too slow", host=host) from None
    except OSError as error:
        reason = error.strerror or str(error) or type(error).__name__
        raise Failed("{host} cannot be reached: {reason}", host=host, reason=reason) from None
    except (HTTPException, ValueError) as error:
        raise Failed(
            "{host} sent an invalid HTTP response: {reason}", host=host, reason=type(error).__name__
        ) from None
    finally:
        if connection is not None:
            connection.close()


class _Route(NamedTuple):
    """A connection to the host of an address or to a proxy, what to ask for there, and with which headers for the proxy."""

    connection: HTTPConnection
    target: str
    header: Mapping[str, str]


def _route(parts: SplitResult, deadline: Deadline) -> _Route:
    """Return how an address is reached: by a proxy where the environment names one."""
    import ssl

    host = (parts.hostname or "").encode("idna").decode()
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    target += f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    secure = parts.scheme == "https"
    proxy = _proxy(parts)
    at = (host, parts.port) if proxy is None else (proxy.hostname or "", proxy.port or 80)
    connection = (
        HTTPSConnection(*at, timeout=deadline.left(), context=_context(ssl.get_default_verify_paths()))
        if secure
        else HTTPConnection(*at, timeout=deadline.left())
    )
    connection.response_class = partial(timed_response, deadline=deadline)  # type: ignore[assignment]
    if proxy is None:
        return _Route(connection, target, {})
    if secure:
        connection.set_tunnel(host, parts.port or 443, _authorization(proxy))
        return _Route(connection, target, {})
    return _Route(connection, f"http://{parts.netloc.rpartition('@')[2]}{target}", _authorization(proxy))


@lru_cache(1)  # reading them takes 10 ms
def _context(_paths: Any) -> Any:
    """Return what certificates are trusted: those of the system, or of SSL_CERT_FILE and SSL_CERT_DIR."""
    import ssl

    return ssl.create_default_context()


def _proxy(parts: SplitResult) -> SplitResult | None:
    """Return the proxy that the environment (or the system) names for an address."""
    from urllib.request import getproxies, proxy_bypass  # 15 ms

    named = getproxies().get(parts.scheme)
    if not named or proxy_bypass(parts.hostname or ""):
        return None
    return split(named if "://" in named else f"http://{named}")


def _authorization(proxy: SplitResult) -> dict[str, str]:
    from base64 import b64encode

    if proxy.username is None:
        return {}
    pair = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
    return {"Proxy-Authorization": f"Basic {b64encode(pair.encode()).decode()}"}
