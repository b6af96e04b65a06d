"""The program over HTTP: health, metrics, a JSON API and a page."""

from bot.web.application import create_web
from bot.web.serving import serve_web

__all__ = ["create_web", "serve_web"]
