"""`marsad run`: the Telegram bot and its feeds, until it is stopped."""

from __future__ import annotations

import asyncio
import logging
import signal

import click

from bot.app import App, run
from bot.cli.opening import app, log_openly
from bot.telegram.serving import TelegramRefusedError


@click.command("run", short_help="Run the Telegram bot and its feeds.")
def command() -> None:
    """Run the Telegram bot, and look at the feeds, until Ctrl-C or SIGTERM. What is under way then is finished."""
    log_openly(logging.INFO)
    with app() as found:
        try:
            asyncio.run(_until_stopped(found))
        except TelegramRefusedError as error:
            raise click.ClickException(str(error)) from error


async def _until_stopped(found: App) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def stopping(number: signal.Signals) -> None:
        stop.set()
        # Who asks twice does not want to wait.
        loop.remove_signal_handler(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping, number)
    await run(found, stop)
