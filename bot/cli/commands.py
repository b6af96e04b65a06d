"""The command `marsad`: finds the subcommand, and turns whatever goes wrong in it into one line and an exit code."""

from __future__ import annotations

import importlib
import logging
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version

import click

log = logging.getLogger(__name__)

DONE, FAILED, MISUSED, STOPPED = 0, 1, 2, 130

# Each stands in a module of its own, imported when it is called, so that a command waits for its own parts only.
_COMMANDS = (
    "ingest",
    "ask",
    "search",
    "facts",
    "chat",
    "run",
    "feeds",
    "doctor",
    "reindex",
    "reread",
    "backup",
    "restore",
)

# Errors whose message is written for the user. By name, because importing them would make every command wait.
_FORESEEN = (
    "bot.config.SettingsError",
    "bot.store.engine.StoreError",
    "retrieval.answering.wording.WordingError",
    "retrieval.arabic.tables.TableError",
    "retrieval.index.protocol.EngineError",
)


class Commands(click.Group):
    """The subcommands, each imported when it is asked for."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """Their names, in the order in which help shows them."""
        return list(_COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """The subcommand of that name."""
        if name not in _COMMANDS:
            return None
        command = importlib.import_module(f"bot.cli.{name}").command
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(version("marsad"), prog_name="marsad")
def marsad() -> None:
    """Questions about Arabic news, answered with citations.

    Settings are read from variables that begin with MARSAD_ and from the file .env; `marsad doctor` shows them.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0 done, 1 failed, 2 used wrongly, 130 stopped by Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        # Whatever the locale says: Arabic needs it, and so does JSON.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]  # both are TextIOWrapper here
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.CRITICAL)
    try:
        return _run(list(sys.argv[1:] if arguments is None else arguments))
    except click.UsageError as error:
        error.show()
        return MISUSED
    except click.ClickException as error:
        return _failed(error.format_message())
    except (click.Abort, KeyboardInterrupt):
        print("marsad: stopped", file=sys.stderr)
        return STOPPED
    except Exception as error:  # the last catcher: the user gets one line, whatever happened
        log.debug("failed", exc_info=True)
        return _failed(_meaning(error))


def _run(arguments: list[str]) -> int:
    try:
        # Not click's own main: it would make a failure of a reader that stops reading.
        with marsad.make_context("marsad", arguments) as context:
            code = marsad.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        return end.exit_code
    except BrokenPipeError:
        # Who reads the output has seen enough, as `head` does. Python would complain at exit when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return code if isinstance(code, int) else DONE


def _failed(message: str) -> int:
    print("marsad: " + " ".join(message.split()), file=sys.stderr)
    return FAILED


def _meaning(error: Exception) -> str:
    """What to tell the user: an error that was foreseen speaks for itself, another one asks to be reported."""
    if any(f"{kind.__module__}.{kind.__name__}".startswith(_FORESEEN) for kind in type(error).__mro__):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    if isinstance(error, MemoryError):
        return "there is not enough memory"
    return f"unexpected {type(error).__name__}: {error} (MARSAD_DEBUG=1 shows where; please report it)"
