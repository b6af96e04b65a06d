"""Which network addresses a source may lie at: public ones, unless the operator says otherwise."""

from __future__ import annotations

import ipaddress
import socket

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether the IP address, and any IPv4 address wrapped in it, is one that the whole internet can reach."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if ip in _NAT64:
            wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(str(wrapped))
    return ip.is_global and not ip.is_multicast


class PublicResolver(AbstractResolver):
    """A resolver that gives only public addresses.

    The connection goes to the very address that was looked at here, so a name that answers differently the next time
    (DNS rebinding) gains nothing. aiohttp asks no resolver about a host that is an address already: look at that with
    `is_public`.
    """

    def __init__(self) -> None:
        self._inner = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The public addresses of the host.

        Raises:
            OSError: when it has none.
        """
        public = [found for found in await self._inner.resolve(host, port, family) if is_public(found["host"])]
        if not public:
            raise OSError(f"{host} has no public address (MARSAD_PRIVATE_SOURCES=true allows private ones)")
        return public

    async def close(self) -> None:
        """Let go of the inner resolver."""
        await self._inner.close()
