"""The preview: the issue in the browser, built again at every change of what it is made from."""

from digest.web.app import create_app
from digest.web.guard import is_loopback
from digest.web.live import Proof
from digest.web.server import serve

__all__ = ["Proof", "create_app", "is_loopback", "serve"]
