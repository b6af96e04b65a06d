"""Speaking to an OpenSearch cluster: every call tried again, on another node if need be, until patience ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConnectionError as NoConnection
from opensearchpy.exceptions import OpenSearchException, TransportError
from opensearchpy.helpers import streaming_bulk

from retrieval.index.protocol import EngineError

T = TypeVar("T")

# A node that is gone is missed for up to half a minute before another takes over its shards.
_PATIENCE = 90.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 5.0
_TIMEOUT = 30
# Too many requests, and a node or shard that is on its way: worth another try.
_PASSING = frozenset((429, 502, 503, 504))
_CHUNK, _CHUNK_BYTES = 500, 10_000_000
_DEFAULT_NAME = "marsad"


class Address(NamedTuple):
    """What the URL of a cluster says: its nodes, the name of the index, and settings for making it."""

    nodes: tuple[str, ...]
    name: str
    settings: dict[str, str]
    user: str
    password: str

    @classmethod
    def of(cls, url: str) -> Address:
        """Take apart `https://user:password@host:9200,host2:9200/name?number_of_shards=3`.

        Raises:
            EngineError: when it is no such URL.
        """
        parts = urlsplit(url)
        userinfo, _, hosts = parts.netloc.rpartition("@")
        user, _, password = userinfo.partition(":")
        name = parts.path.strip("/") or _DEFAULT_NAME
        if parts.scheme not in ("http", "https") or not all(hosts.split(",")) or name != name.lower() or "/" in name:
            raise EngineError("the index URL must look like https://user:password@host:9200,host2:9200/name")
        nodes = tuple(f"{parts.scheme}://{host}" for host in hosts.split(","))
        return cls(nodes, name, dict(parse_qsl(parts.query)), unquote(user), unquote(password))


class Cluster:
    """A client of the cluster at an address. Safe to use from several threads."""

    def __init__(self, address: Address) -> None:
        self._hosts = ", ".join(node.partition("//")[2] for node in address.nodes)
        self.client = OpenSearch(
            list(address.nodes),
            http_auth=(address.user, address.password) if address.user else None,
            timeout=_TIMEOUT,
            max_retries=len(address.nodes),
            retry_on_timeout=True,
            http_compress=True,
        )

    def tried(self, act: Callable[[OpenSearch], T]) -> T:
        """What the act gives, which must do no harm when done twice.

        Raises:
            EngineError: when the cluster refuses it, or cannot do it within a minute and a half.
        """
        for pause in _pauses():
            try:
                return act(self.client)
            except OpenSearchException as error:
                if not _is_passing(error) or pause is None:
                    raise self._explained(error) from error
                time.sleep(pause)
        raise AssertionError("the last pause is None")

    def bulk(self, actions: Iterable[Mapping[str, Any]]) -> None:
        """Carry out all actions, each of which names its document and so does no harm when done twice.

        Raises:
            EngineError: when one of them is refused, or cannot be done within a minute and a half.
        """
        pending = list(actions)
        for pause in _pauses():
            failed = dict(self._failures(pending))
            if not failed:
                return
            refused = next((error for status, error in failed.values() if status not in _PASSING), "")
            if refused or pause is None:
                reason = refused or next(iter(failed.values()))[1]
                raise EngineError(f"the OpenSearch server at {self._hosts} does not take {len(failed)} texts: {reason}")
            pending = [action for action in pending if action["_id"] in failed]
            time.sleep(pause)

    def close(self) -> None:
        """Close the connections."""
        self.client.close()

    def _failures(self, actions: list[Mapping[str, Any]]) -> Iterator[tuple[str, tuple[int, str]]]:
        """Yield the id of each action that failed, with the HTTP status and the reason."""
        answers = streaming_bulk(
            self.client,
            actions,
            chunk_size=_CHUNK,
            max_chunk_bytes=_CHUNK_BYTES,
            raise_on_error=False,
            raise_on_exception=False,
        )
        for done, answer in answers:
            item = next(iter(answer.values()))
            status = item.get("status", 503)
            # What is to be deleted and is not there needs no deleting.
            if not done and not ("delete" in answer and status == 404):
                yield item["_id"], (status if isinstance(status, int) else 503, str(item.get("error"))[:300])

    def _explained(self, error: OpenSearchException) -> EngineError:
        if isinstance(error, NoConnection):
            return EngineError(f"the OpenSearch server at {self._hosts} does not answer: is it running?")
        said = f"{error.status_code} {error.error}" if isinstance(error, TransportError) else str(error)
        return EngineError(f"the OpenSearch server at {self._hosts} refuses: {said[:300]}")


def _is_passing(error: OpenSearchException) -> bool:
    return isinstance(error, NoConnection) or (isinstance(error, TransportError) and error.status_code in _PASSING)


def _pauses() -> Iterator[float | None]:
    """Yield how long to wait before each further try; None when there is to be none."""
    until = time.monotonic() + _PATIENCE
    pause = _FIRST_PAUSE
    while time.monotonic() + pause < until:
        yield pause
        pause = min(2 * pause, _LONGEST_PAUSE)
    yield None
