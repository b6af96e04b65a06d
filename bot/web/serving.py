"""Serving the application on a socket of its own until the program stops."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import uvicorn
from fastapi import FastAPI


class _Server(uvicorn.Server):
    """A server that leaves signals to the program, which stops all its parts together."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take no signal."""
        yield


async def serve_web(web: FastAPI, address: str) -> None:
    """Serve at `host:port` until cancelled; what is under way then is finished.

    Raises:
        OSError: when the address cannot be listened on.
    """
    host, _, port = address.rpartition(":")
    config = uvicorn.Config(
        web, host=host.strip("[]"), port=int(port), log_config=None, access_log=False, server_header=False
    )
    server = _Server(config)
    try:
        await server.serve()
    except SystemExit:
        # So it says that the address is taken; it has logged why.
        raise OSError(f"MARSAD_LISTEN {address}: the address cannot be listened on") from None
    finally:
        server.should_exit = True
