"""One request and its response over HTTP or HTTPS, with a deadline, through the proxy of the environment.

Does not follow redirects and does not read bodies: callers do.

Uses the standard library's client with a deadline for each read: urllib3 and httpx limit the time between two reads, but not
that of the whole response.
"""

import io
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import lru_cache, partial
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from types import SimpleNamespace
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

from mltalks.messages import Message

AGENT = "mltalks"
MOST_HOPS = 5
REDIRECTS = (301, 302, 303, 307, 308)


class Failed(Exception):  # noqa: N818 - always turned into another error
    """A request failed; `gone` means that the host has no address."""

    def __init__(self, template: str, *, gone: bool = False, **values: object) -> None:
        super().__init__(template)
        self.message = Message(template, values)
        self.gone = gone


class Deadline:
    """The time that is left for a response: `timeout` seconds for each read, `total` for all reads."""

    def __init__(self, timeout: float, total: float) -> None:
        self._timeout = timeout
        self._ends = time.monotonic() + total

    def left(self) -> float:
        """Return the seconds that are left for the next step.

        Raises TimeoutError: none are left.
        """
        left = min(self._timeout, self._ends - time.monotonic())
        if left <= 0:
            raise TimeoutError
        return left


class _TimedStream(io.RawIOBase):
    """The bytes that a connected socket receives; each read is limited to the time that is left."""

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


def timed_response(
    connected: socket.socket, *arguments: Any, deadline: Deadline, **more: Any
) -> HTTPResponse:
    """Return a response of `http.client` with a deadline."""
    # HTTPResponse calls `makefile` of what it is given, and nothing else.
    timed: Any = SimpleNamespace(makefile=lambda _mode: io.BufferedReader(_TimedStream(connected, deadline)))
    return HTTPResponse(timed, *arguments, **more)


def split(address: str) -> SplitResult | None:
    """Return the parts of an address with a scheme, a host and a valid port, if any; None for anything else.

    >>> split("https://example.org:x/"), split("mailto:a@example.org"), split("https://exa mple.org/")
    (None, None, None)
    """
    try:
        parts = urlsplit(address)
        fine = bool(parts.scheme and parts.hostname) and parts.port != 0
        (parts.hostname or "").encode("idna")
    except ValueError:  # or UnicodeError, a subclass
        return None
    return parts if fine and not any(one.isspace() or not one.isprintable() for one in address) else None


def shown(address: str) -> str:
    """Return an address for a message: short, and without a password."""
    parts = split(address)
    if parts is not None and "@" in parts.netloc:
        address = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    return address if len(address) <= 200 else f"{address[:200]}…"


def target_of(response: HTTPResponse, address: str) -> str | None:
    """Return the target of a redirect; None for any other response."""
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
    """Yield the response of an address, its body unread.

    Raises Failed: there is no response, or it is late or not valid HTTP.
    """
    import ssl  # 10 ms

    host = parts.hostname or ""
    connection: HTTPConnection | None = None
    try:
        connection, target, proxy_header = _route(parts, deadline)
        all_headers = {"Accept-Encoding": "identity", "Connection": "close", **header, **proxy_header}
        connection.request(method, target, headers=all_headers)
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


def _route(parts: SplitResult, deadline: Deadline) -> tuple[HTTPConnection, str, Mapping[str, str]]:
    """Return a connection to the host of an address or to its proxy, the target of the request, and headers for the proxy."""
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
        return connection, target, {}
    if secure:
        connection.set_tunnel(host, parts.port or 443, _authorization(proxy))
        return connection, target, {}
    return connection, f"http://{parts.netloc.rpartition('@')[2]}{target}", _authorization(proxy)


@lru_cache(1)  # reading them takes 10 ms
def _context(_paths: Any) -> Any:
    """Return the context with the trusted certificates: of the system, or of SSL_CERT_FILE and SSL_CERT_DIR."""
    import ssl

    return ssl.create_default_context()


def _proxy(parts: SplitResult) -> SplitResult | None:
    """Return the proxy of the environment or the system for an address."""
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
