"""One address for one page, however it was linked to."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

# What sites and networks append to count where a reader came from; it never says which page is meant.
_TRACKING = frozenset(
    {"fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "ref_src", "cmpid", "ocid", "xtor"}
)
_PORTS = {"http": 80, "https": 443}


def canonical(url: str) -> str:
    """The address without fragment, tracking parameters and default port, its host in small letters."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url.strip()
    if not parts.hostname:
        return url.strip()
    host = parts.hostname.lower() if port in {None, _PORTS.get(parts.scheme)} else f"{parts.hostname.lower()}:{port}"
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _tracks(k)]
    return urlunsplit((parts.scheme.lower(), host, parts.path or "/", urlencode(kept), ""))


def _tracks(key: str) -> bool:
    return key.lower().startswith("utm_") or key.lower() in _TRACKING
