"""The commands of `marsad`."""

from bot.cli.commands import main

__all__ = ["main"]
