"""Whether links still lead somewhere: asked politely, one request at a time for each host.

Asks for the head of an answer only. Does not call an address dead because it refuses to answer programs.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from mltalks.exchange.network.http import (
    AGENT,
    MOST_HOPS,
    REDIRECTS,
    Deadline,
    Failed,
    answer,
    split,
    target_of,
)
from mltalks.messages import Message

PAUSE = 0.25  # seconds between two requests to one host
GONE = (404, 410)
PERMANENT = (301, 308)
_UNTRUE = Message("no host of any link was found; check the network")


class Verdict(NamedTuple):
    """What an address answered: "fine", "moved" for good to `address`, "dead", or "odd", which says nothing for sure.

    `status` is that of HTTP where there was an answer; `message` says what is wrong.
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
    user_agent: str = AGENT,
) -> Iterator[tuple[str, Verdict]]:
    """Yield each address once with its verdict, as the answers come in.

    `timeout` is in seconds for an address as a whole, `pause` between two requests to a host. A host that is not known makes
    an address dead, unless no host is known at all: then the network is. Stopped in between, the rest is not asked for.
    """
    results: SimpleQueue[tuple[str, Verdict]] = SimpleQueue()
    asking = _Asking(timeout, pause, user_agent)
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in dict.fromkeys(addresses):
        hosts[_host(address)].append(address)
    waiting: SimpleQueue[list[str]] = SimpleQueue()
    for group in hosts.values():
        waiting.put(group)
    stopped = Event()
    for _ in range(min(workers, len(hosts))):
        Thread(target=_work, args=(waiting, results, asking, stopped), daemon=True).start()
    held: list[tuple[str, Verdict]] = []  # hosts that are not known, until one is
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


def _host(address: str) -> str:
    parts = split(address)
    return (parts.hostname or "") if parts else ""


def _work(
    waiting: "SimpleQueue[list[str]]",
    results: "SimpleQueue[tuple[str, Verdict]]",
    asking: "_Asking",
    stopped: Event,
) -> None:
    """Ask for the addresses of one host after the other until none is left."""
    while True:
        try:
            group = waiting.get_nowait()
        except Empty:
            return
        for address in group:
            if stopped.is_set():
                return
            results.put((address, asking.verdict(address)))


class _Asking:
    """Asks for addresses; several threads may, each host gets one request at a time."""

    def __init__(self, timeout: float, pause: float, user_agent: str) -> None:
        self._timeout = timeout
        self._pause = pause
        self._header = {"User-Agent": user_agent, "Accept": "*/*"}
        self._turns: dict[str, Lock] = {}
        self._last: dict[str, float] = {}
        self._lock = Lock()

    def verdict(self, address: str) -> Verdict:
        """Return what becomes of an address, redirects followed."""
        at, moved, status = address, address, 0
        deadline = Deadline(self._timeout, self._timeout)
        for _ in range(MOST_HOPS + 1):
            try:
                status, target = self._asked(at, deadline)
            except Failed as error:
                return Verdict("dead" if error.gone else "odd", message=error.message)
            if target is None:
                return _judged(address, moved, status)
            if status in PERMANENT and moved == at:
                moved = target
            at = target
        message = Message("redirects too many times")
        return Verdict("odd", status, message=message)

    def _asked(self, address: str, deadline: Deadline) -> tuple[int, str | None]:
        """Return the status of an address, and where it leads when it is a redirect.

        Raises Failed: no answer.
        """
        status, target = self._request("HEAD", address, {}, deadline)
        if status >= 400 and status != 429:  # many refuse HEAD, some as "not found"
            return self._request("GET", address, {"Range": "bytes=0-0"}, deadline)
        return status, target

    def _request(
        self, method: str, address: str, header: dict[str, str], deadline: Deadline
    ) -> tuple[int, str | None]:
        parts = split(address)
        if parts is None or parts.scheme not in ("http", "https") or parts.username is not None:
            raise Failed("redirects to an address that is not allowed")
        host = parts.hostname or ""
        with self._lock:
            turn = self._turns.setdefault(host, Lock())
        with turn:
            time.sleep(max(0, self._last.get(host, 0) + self._pause - time.monotonic()))
            try:
                with answer(method, parts, deadline, self._header | header) as response:
                    return response.status, target_of(response, address)
            finally:
                self._last[host] = time.monotonic()


def _judged(address: str, moved: str, status: int) -> Verdict:
    """Return the verdict on an address by its last status, and by where it has moved to for good."""
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else ""
    answered = Message("the server answered {status}", {"status": f"{status} {phrase}".strip()})
    if status in GONE:
        return Verdict("dead", status, message=answered)
    if (status >= 300 and status != 416) or status < 200 or status in REDIRECTS:
        return Verdict("odd", status, message=answered)
    if moved == address:
        return Verdict("fine", status)
    if urlsplit(moved).path in ("", "/") and len(urlsplit(address).path) > 1:
        return Verdict(
            "odd", status, moved, Message("it redirects to the front page of {address}", {"address": moved})
        )
    return Verdict("moved", status, moved)
