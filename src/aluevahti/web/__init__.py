"""The small web site: health for machines, and the pages that mails link to."""

from aluevahti.web.app import make_app
from aluevahti.web.pulse import Pulse
from aluevahti.web.server import WebServer

__all__ = ["Pulse", "WebServer", "make_app"]
