"""Fetches https addresses, within limits of size and time.

Does not use other schemes, does not follow redirects to other hosts, and does not send credentials.
"""

from collections.abc import Iterator
from http.client import HTTPResponse
from tempfile import SpooledTemporaryFile
from typing import IO
from urllib.parse import SplitResult

from mltalks.errors import MltalksError
from mltalks.exchange.network.http import AGENT, MOST_HOPS, Deadline, Failed, answer, shown, split, target_of

LIMIT = 100_000_000  # bytes of a body, as sent and as decoded
IN_MEMORY = 8_000_000  # bytes of a body in memory; a larger one goes to a temporary file
PIECE = 1 << 16


def fetch(url: str, *, limit: int = LIMIT, timeout: float = 30, total: float = 600) -> IO[bytes]:
    """Return the body of an https address as a file at its beginning: in memory if small, else a temporary file.

    `limit` is in bytes, `timeout` in seconds for each step, `total` for all steps. Redirects within the host are followed.
    Content codings gzip and deflate (RFC 9110, 8.4.1) are decoded. Proxies of the environment are used.

    Raises MltalksError: the address is not allowed, or its response is an error, late or too large.
    """
    deadline = Deadline(timeout, total)
    address = url
    for _ in range(MOST_HOPS + 1):
        parts = _checked(address)
        try:
            with answer("GET", parts, deadline, {"User-Agent": AGENT}) as response:
                target = target_of(response, address)
                if target is None:
                    return _body(response, parts, limit)
        except Failed as error:
            raise MltalksError(
                "{address}: {problem}", address=shown(address), problem=error.message
            ) from None
        if _origin(_checked(target)) != _origin(parts):
            raise MltalksError(
                "{address} redirects to another host; use {target} instead",
                address=shown(address),
                target=shown(target),
            )
        address = target
    raise MltalksError("{address} redirects too many times; open it in a browser", address=shown(url))


def _checked(address: str) -> SplitResult:
    """Return the parts of an allowed address.

    Raises MltalksError: it is not allowed.
    """
    parts = split(address)
    if parts is None:
        raise MltalksError(
            '"{address}" is not a web address; write it like https://example.org/talks',
            address=shown(address),
        )
    if parts.scheme != "https":
        raise MltalksError("{address}: only https:// addresses are downloaded", address=shown(address))
    if parts.username is not None or parts.password is not None:
        raise MltalksError(
            "{host}: an address with a user name or password is not downloaded", host=parts.hostname
        )
    return parts


def _origin(parts: SplitResult) -> tuple[str, int]:
    return parts.hostname or "", parts.port or 443


def _body(response: HTTPResponse, parts: SplitResult, limit: int) -> IO[bytes]:
    """Return the body of a response as a file.

    Raises Failed: the response is an error, too large, or ends too early.
    """
    host = parts.hostname or ""
    if response.status != 200:
        status = f"{response.status} {response.reason}".strip()[:100]
        raise Failed("{host} responded with HTTP status {status}", host=host, status=status)
    length = response.length
    body: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the caller closes it
    try:
        _within(limit, length or 0)
        for piece in _unpacked(_pieces(response, limit), response.getheader("Content-Encoding") or ""):
            _within(limit, body.tell() + len(piece))
            body.write(piece)
    except BaseException:
        body.close()
        raise
    body.seek(0)
    return body


def _within(limit: int, size: int) -> None:
    if size > limit:
        megabytes = f"{limit / 1e6:g}"
        raise Failed(
            "is larger than {megabytes} MB; save it to a file and import that file", megabytes=megabytes
        )


def _pieces(response: HTTPResponse, limit: int) -> Iterator[bytes]:
    """Yield the body as it is sent.

    Raises Failed: it is too large, or ends too early.
    """
    length, read = response.length, 0
    while piece := response.read1(PIECE):
        read += len(piece)
        _within(limit, read)
        yield piece
    if length is not None and read < length:
        raise Failed("the download is incomplete; try again")


def _unpacked(pieces: Iterator[bytes], coding: str) -> Iterator[bytes]:
    """Yield the decoded body in pieces of at most PIECE bytes.

    Raises Failed: it has another coding, or is damaged.
    """
    import zlib

    coding = coding.strip().lower()
    if coding in ("", "identity"):
        yield from pieces
        return
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise Failed("uses an unsupported compression: {coding}", coding=coding[:40])
    packed = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        for piece in pieces:
            rest, unpacked = piece, b""
            while not packed.eof and (rest or len(unpacked) == PIECE):
                unpacked = packed.decompress(rest, PIECE)
                rest = packed.unconsumed_tail
                yield unpacked
    except zlib.error:
        raise Failed("the download is damaged; try again") from None
    if not packed.eof:
        raise Failed("the download is incomplete; try again")
