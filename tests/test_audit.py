"""The audit of dependencies against a service on this machine that knows one vulnerability."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.audit import Audit, main, told

FAULT = {
    "id": "MARSAD-2031-1",
    "modified": "2031-05-04T00:00:00Z",
    "summary": "anything may happen",
    "affected": [{
        "package": {"name": "brittle", "ecosystem": "PyPI"},
        "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.2"}]}],
    }],
}  # fmt: skip


class _Service(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        known = {"vulns": [FAULT]} if asked["package"]["name"] == "brittle" else {}
        body = json.dumps(known).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[tuple[str, ...]]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Service) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield ("-s", "osv", "--osv-url", f"http://127.0.0.1:{server.server_port}")
        server.shutdown()


def lock(folder: Path, *packages: str) -> str:
    path = folder / "some.lock"
    path.write_text("\n".join(packages), encoding="utf-8")
    return str(path)


def test_a_known_vulnerability_fails_the_check_and_is_named(
    service: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([lock(tmp_path, "brittle==1.1", "sound==2.0")], [service]) == 1
    assert "brittle 1.1: MARSAD-2031-1, mended in 1.2" in capsys.readouterr().out


def test_packages_that_nothing_is_known_against_pass(
    service: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([lock(tmp_path, "sound==2.0")], [service]) == 0
    assert "1 packages audited, none known to be vulnerable" in capsys.readouterr().out


def test_where_no_service_can_be_asked_the_check_passes_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([lock(tmp_path, "sound==2.0")], [("-s", "osv", "--osv-url", "http://127.0.0.1:9")]) == 0
    assert "NOT AUDITED" in capsys.readouterr().out


def test_what_a_service_does_not_know_is_counted_apart() -> None:
    assert told("a.lock", Audit(3, (), ("one", "two"))) == (
        "a.lock: 3 packages audited, none known to be vulnerable; 2 not known to it",
        True,
    )
