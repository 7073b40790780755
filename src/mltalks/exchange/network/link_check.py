"""Checks whether links still work, with one request at a time for each host.

Does not read bodies, and does not call an address dead because its host refuses requests of programs.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from mltalks.dataset.link_hosts import host_of
from mltalks.exchange.network import http
from mltalks.messages import Message

PAUSE = 0.25  # seconds between two requests to one host
GONE = (404, 410)
PERMANENT = (301, 308)
_UNTRUE = Message("none of the hosts could be found; check the network")


class Verdict(NamedTuple):
    """The result for an address: "fine", "moved" permanently to `address`, "dead", or "odd", which is inconclusive.

    `status` is that of HTTP if there was a response; `message` says what is wrong.
    """

    state: Literal["fine", "moved", "dead", "odd"]
    status: int | None = None
    address: str | None = None
    message: Message | None = None


def check_links(
    addresses: Iterable[str],
    *,
    timeout: float = 15,
    workers: int = 8,
    pause: float = PAUSE,
    user_agent: str = http.AGENT,
) -> Iterator[tuple[str, Verdict]]:
    """Yield each address once with its verdict, in the order of the responses.

    `timeout` is in seconds for an address as a whole, `pause` between two requests to a host. An address with an unknown host
    is dead, unless all hosts are unknown: then the network fails. If the caller stops early, the rest is not requested.
    """
    results: SimpleQueue[tuple[str, Verdict]] = SimpleQueue()
    checker = _Checker(timeout, pause, user_agent)
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in dict.fromkeys(addresses):
        hosts[host_of(address)].append(address)
    waiting: SimpleQueue[list[str]] = SimpleQueue()
    for group in hosts.values():
        waiting.put(group)
    stopped = Event()
    for _ in range(min(workers, len(hosts))):
        Thread(target=_work, args=(waiting, results, checker, stopped), daemon=True).start()
    held: list[tuple[str, Verdict]] = []  # addresses with unknown hosts, until a host is known
    known = False
    try:
        for _ in range(sum(map(len, hosts.values()))):
            found = results.get()
            if found[1].state == "dead" and found[1].status is None and not known:
                held.append(found)
                continue
            if not known and (found[1].status is not None):
                known = True
                yield from held
                held = []
            yield found
        yield from ((address, Verdict("odd", message=_UNTRUE)) for address, _ in held)
    finally:
        stopped.set()


def _work(
    waiting: "SimpleQueue[list[str]]",
    results: "SimpleQueue[tuple[str, Verdict]]",
    checker: "_Checker",
    stopped: Event,
) -> None:
    """Check the addresses of one host after the other until none is left."""
    while True:
        try:
            group = waiting.get_nowait()
        except Empty:
            return
        for address in group:
            if stopped.is_set():
                return
            results.put((address, checker.verdict(address)))


class _Checker:
    """Checks addresses, also from several threads; each host gets one request at a time."""

    def __init__(self, timeout: float, pause: float, user_agent: str) -> None:
        self._timeout = timeout
        self._pause = pause
        self._header = {"User-Agent": user_agent, "Accept": "*/*"}
        self._turns: dict[str, Lock] = {}
        self._last: dict[str, float] = {}
        self._lock = Lock()

    def verdict(self, address: str) -> Verdict:
        """Return the verdict on an address, after its redirects."""
        at, moved, status = address, address, 0
        deadline = http.Deadline(self._timeout, self._timeout)
        for _ in range(http.MOST_HOPS + 1):
            try:
                status, target = self._status(at, deadline)
            except http.Failed as error:
                return Verdict("dead" if error.gone else "odd", message=error.message)
            if target is None:
                return _judged(address, moved, status)
            if status in PERMANENT and moved == at:
                moved = target
            at = target
        message = Message("redirects too many times")
        return Verdict("odd", status, message=message)

    def _status(self, address: str, deadline: http.Deadline) -> tuple[int, str | None]:
        """Return the status of an address, and the target of a redirect.

        Raises http.Failed: there is no response.
        """
        status, target = self._request("HEAD", address, {}, deadline)
        if status >= 400 and status != 429:  # many refuse HEAD, some as "not found"
            return self._request("GET", address, {"Range": "bytes=0-0"}, deadline)
        return status, target

    def _request(
        self, method: str, address: str, header: dict[str, str], deadline: http.Deadline
    ) -> tuple[int, str | None]:
        parts = http.split(address)
        if parts is None or parts.scheme not in ("http", "https") or parts.username is not None:
            raise http.Failed("redirects to an address that is not allowed")
        host = parts.hostname or ""
        with self._lock:
            turn = self._turns.setdefault(host, Lock())
        with turn:
            time.sleep(max(0, self._last.get(host, 0) + self._pause - time.monotonic()))
            try:
                with http.answer(method, parts, deadline, self._header | header) as response:
                    return response.status, http.target_of(response, address)
            finally:
                self._last[host] = time.monotonic()


def _judged(address: str, moved: str, status: int) -> Verdict:
    """Return the verdict on an address by its last status and its permanent redirect."""
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else ""
    answered = Message(
        "the server responded with HTTP status {status}", {"status": f"{status} {phrase}".strip()}
    )
    if status in GONE:
        return Verdict("dead", status, message=answered)
    if (status >= 300 and status != 416) or status < 200 or status in http.REDIRECTS:
        return Verdict("odd", status, message=answered)
    if moved == address:
        return Verdict("fine", status)
    if urlsplit(moved).path in ("", "/") and len(urlsplit(address).path) > 1:
        return Verdict(
            "odd",
            status,
            moved,
            Message("the link leads only to the home page of {address}", {"address": moved}),
        )
    return Verdict("moved", status, moved)
