"""An OpenSearch cluster whose nodes can be killed; `.ci/with-opensearch` says where Java and the jars are."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Self

from opensearchpy import OpenSearch
from opensearchpy.exceptions import OpenSearchException

LAUNCHER = Path(__file__).with_name("Node.java")
# Starting a Java server on a busy machine, in seconds.
PATIENCE = 180.0
MANAGER, DATA = "manager", ("data1", "data2")


class Cluster:
    """A manager and two data nodes; only the data nodes are meant to be killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        names = (MANAGER, *DATA)
        ports = free_ports(2 * len(names))
        self._http = dict(zip(names, ports, strict=False))
        self._transport = dict(zip(names, ports[len(names) :], strict=True))
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    @classmethod
    @contextmanager
    def started(cls, folder: Path) -> Iterator[Self]:
        """A cluster that runs until the end of the block."""
        cluster = cls(folder)
        try:
            cluster.heal()
            yield cluster
        finally:
            for process in cluster._running.values():
                process.kill()
                process.wait()

    @property
    def url(self) -> str:
        """The URL of the data nodes, without an index's name."""
        return "http://" + ",".join(f"127.0.0.1:{self._http[name]}" for name in DATA)

    def kill(self, name: str) -> None:
        """End a node's process at once, without a chance to put anything in order."""
        process = self._running.pop(name)
        process.kill()
        process.wait()

    def heal(self) -> None:
        """Start every node that is not running and wait until the cluster has all of them, and all copies of shards.

        Raises:
            TimeoutError: when that takes more than three minutes; says where the nodes' own words are.
        """
        for name in self._http.keys() - self._running.keys():
            self._running[name] = self._start(name)
        until = time.monotonic() + PATIENCE
        with closing(OpenSearch(f"http://127.0.0.1:{self._http[MANAGER]}", timeout=40, max_retries=0)) as client:
            while time.monotonic() < until:
                try:
                    client.cluster.health(wait_for_nodes="3", wait_for_status="green")
                except OpenSearchException:
                    time.sleep(0.5)
                else:
                    return
        raise TimeoutError(f"the cluster did not come up: see {self.folder}/*.log")

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        settings = {
            "cluster.name": f"marsad-{self._http[MANAGER]}",
            "node.name": name,
            "node.roles[]": "cluster_manager" if name == MANAGER else "data",
            "network.host": "127.0.0.1",
            "http.port": self._http[name],
            "transport.port": self._transport[name],
            "discovery.type": "zen",
            "discovery.seed_hosts[]": f"127.0.0.1:{self._transport[MANAGER]}",
            "cluster.initial_cluster_manager_nodes[]": MANAGER,
            # Tests run where the disk may be nearly full.
            "cluster.routing.allocation.disk.threshold_enabled": "false",
        }
        java, jars = os.environ["MARSAD_TEST_JAVA"], os.environ["MARSAD_TEST_OPENSEARCH_JARS"]
        memory = ["-Xms512m", "-Xmx512m"]
        told = [f"{setting}={value}" for setting, value in settings.items()]
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [java, *memory, "-cp", f"{jars}/*", str(LAUNCHER), str(self.folder / name), *told],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on at the moment."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports
