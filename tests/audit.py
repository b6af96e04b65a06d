"""Whether a dependency is known to be vulnerable: `python -m tests.audit LOCKFILE…` asks PyPI, else OSV.

A vulnerability fails the check. Where neither service can be asked the check passes and says so in one line: a change
is not to wait for the network, and nobody is to believe that an audit was made.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

_SECONDS = 90


class Audit(NamedTuple):
    """What a service said: how many packages it knows, what is vulnerable in them, and why others were left out."""

    known: int
    vulnerable: tuple[str, ...]
    unknown: tuple[str, ...]


def audit(lock: str, service: Sequence[str]) -> Audit:
    """Ask one service about the packages of a lock file."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", lock, "--no-deps", "--disable-pip",
               "--format", "json", "--progress-spinner", "off", "--timeout", "5", *service]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return Audit(0, (), (f"no answer within {_SECONDS} s",))
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except ValueError:
        said = done.stderr.strip().splitlines() or ["pip-audit said nothing"]
        return Audit(0, (), (said[-1],))
    return _read(packages)


def _read(packages: Sequence[dict[str, Any]]) -> Audit:
    unknown = tuple(one["skip_reason"] for one in packages if "skip_reason" in one)
    vulnerable = tuple(
        f"{one['name']} {one['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'no release'}"
        for one in packages
        for fault in one.get("vulns", ())
    )
    return Audit(len(packages) - len(unknown), vulnerable, unknown)


def told(lock: str, found: Audit) -> tuple[str, bool]:
    """What there is to say of the audit, and whether the check passes."""
    if found.vulnerable:
        return f"{lock}: VULNERABLE\n  " + "\n  ".join(found.vulnerable), False
    if not found.known:
        return f"{lock}: NOT AUDITED, no service could be asked ({found.unknown[0][:120]})", True
    left = f"; {len(found.unknown)} not known to it" if found.unknown else ""
    return f"{lock}: {found.known} packages audited, none known to be vulnerable{left}", True


def main(locks: Sequence[str], services: Sequence[Sequence[str]] = (("-s", "pypi"), ("-s", "osv"))) -> int:
    """Audit each lock file by the first service that knows its packages; 1 when something is vulnerable."""
    passed = True
    for lock in locks:
        found = Audit(0, (), ("there is no service",))
        for service in services:
            found = audit(lock, service)
            if found.known:
                break
        said, passes = told(lock, found)
        print(said)  # noqa: T201 - it is a command
        passed = passed and passes
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
