"""Local servers for tests: one with HTTPS and a generated certificate, one with HTTP."""

import gzip
import ssl
import subprocess
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

BOMB = 200_000_000  # bytes that a few hundred kilobytes unpack to


class Server(ThreadingHTTPServer):
    """`requests` has the requests; `other` is the address of another server, the target of redirects like /away."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[tuple[str, str]] = []
        self.agents: set[str | None] = set()
        self.at_once = 0
        self.most_at_once = 0
        self.other = ""
        self.scheme = "http"

    def address(self, path: str, host: str = "localhost") -> str:
        return f"{self.scheme}://{host}:{self.server_address[1]}{path}"

    def handle_error(self, *_: Any) -> None:
        """Do not report clients that disconnect."""


class Handler(BaseHTTPRequestHandler):
    """Responds to each path by its name."""

    server: Server

    def log_message(self, *_: Any) -> None:
        pass

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.server.requests.append((self.command, self.path))
        self.server.agents.add(self.headers["User-Agent"])
        self.server.at_once += 1
        self.server.most_at_once = max(self.server.most_at_once, self.server.at_once)
        try:
            with suppress(OSError):
                name = self.path.strip("/").replace("-", "_").partition("?")[0]
                if name.isdecimal():
                    self._send(int(name))
                else:
                    getattr(self, f"path_{name}")()
        finally:
            self.server.at_once -= 1

    def _send(self, status: int, body: bytes = b"", **header: str) -> None:
        self.send_response(status)
        header.setdefault("Content-Length", str(len(body)))
        for name, value in header.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def path_ok(self) -> None:
        assert self.headers["Accept-Encoding"] == "identity"
        self._send(200, b"hello")

    def path_slowly(self) -> None:
        time.sleep(0.05)
        self._send(200)

    def path_packed(self) -> None:
        self._send(200, gzip.compress(b"hello " * 50_000), Content_Encoding="gzip")

    def path_deflated(self) -> None:
        self._send(200, zlib.compress(b"hello"), Content_Encoding="deflate")

    def path_brotli(self) -> None:
        self._send(200, b"?", Content_Encoding="br")

    def path_not_packed(self) -> None:
        self._send(200, b"hello", Content_Encoding="gzip")

    def path_bomb(self) -> None:
        packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
        block = bytes(1_000_000)
        packed = b"".join(packer.compress(block) for _ in range(BOMB // len(block))) + packer.flush()
        self._send(200, packed, Content_Encoding="gzip")

    def path_half_packed(self) -> None:
        self._send(200, gzip.compress(b"hello")[:-9], Content_Encoding="gzip")

    def path_large(self) -> None:
        self._send(200, b"", Content_Length="2000000")

    def path_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(bytes(10_000))

    def path_drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        self._drip(b".")

    def path_drip_head(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        self._drip(b"x")

    def _drip(self, drop: bytes) -> None:
        for _ in range(400):
            self.wfile.write(drop)
            self.wfile.flush()
            time.sleep(0.05)

    def path_silent(self) -> None:
        time.sleep(15)

    def path_short(self) -> None:
        self._send(200, b"hello", Content_Length="1000")

    def path_nonsense(self) -> None:
        self.wfile.write(b"\x00\xff nothing like it\r\n\r\n")

    def path_within(self) -> None:
        self._send(302, Location="/ok")

    def path_loop(self) -> None:
        self._send(302, Location="/loop")

    def path_away(self) -> None:
        self._send(302, Location=self.address("/ok", "127.0.0.1"))

    def path_other(self) -> None:
        self._send(302, Location=f"{self.server.other}/ok")

    def path_file(self) -> None:
        self._send(302, Location="file:///etc/passwd")

    def path_moved(self) -> None:
        self._send(301, Location=self.address("/moved-again", "127.0.0.1"))

    def path_moved_again(self) -> None:
        self._send(308, Location="/ok")

    def path_moved_to_gone(self) -> None:
        self._send(301, Location="/404")

    def path_to_front(self) -> None:
        self._send(301, Location="/")

    def path_(self) -> None:
        self._send(200)

    def path_no_head(self) -> None:
        self._send(405 if self.command == "HEAD" else 200)

    def path_head_not_found(self) -> None:
        self._send(404 if self.command == "HEAD" else 206)

    def address(self, path: str, host: str) -> str:
        return self.server.address(path, host)


@contextmanager
def serving(change: Callable[[Server], None] = lambda _: None) -> Iterator[Server]:
    """Run a server while it is needed."""
    server = Server()
    change(server)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def secured(folder: Path) -> tuple[Callable[[Server], None], Path]:
    """Return what makes a server speak HTTPS, and the file of the certificate to trust."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    names = "subjectAltName=DNS:localhost,IP:127.0.0.1"
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    subprocess.run(
        [*made, "-addext", names, "-keyout", str(key), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def secure(server: Server) -> None:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        server.scheme = "https"

    return secure, certificate
