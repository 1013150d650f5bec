"""The port, the address, and how the preview ends."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from digest.errors import ConfigError
from digest.web import is_loopback
from digest.web.server import listen, url_of
from tests.conftest import ROOT


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "::1", "[::1]"])
def test_loopback_is_this_machine_alone(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.0.2.7", "newsroom.example", "localhost.newsroom.example"])
def test_anything_else_may_be_reached_by_others(host: str) -> None:
    assert not is_loopback(host)


def test_a_port_that_is_taken_is_named_with_the_way_out() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=rf"port {port} is taken .* --port"):
            listen("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "port", "words"),
    [
        ("127.0.0.1", 70000, "port 70000 does not exist"),
        ("newsroom.invalid", 0, "host 'newsroom.invalid' is not known"),
        ("192.0.2.7", 0, "is not an address of this machine"),
    ],
)
def test_an_address_that_cannot_be_had_is_explained(host: str, port: int, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        listen(host, port)


@pytest.mark.parametrize(("host", "url"), [("127.0.0.1", "http://127.0.0.1:{}/"), ("0.0.0.0", "http://localhost:{}/")])
def test_the_url_is_one_that_a_browser_here_can_open(host: str, url: str) -> None:
    with listen(host, 0) as listener:
        assert url_of(host, listener) == url.format(listener.getsockname()[1])


NEWSROOM = """
import sys
from pathlib import Path
from digest.web import serve
from tests.web.desk import Newsroom

newsroom = Newsroom(Path(sys.argv[1]))
serve(newsroom.build, newsroom.watched, port=0, on_ready=lambda url: print(url, flush=True))
print("done")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send")
def test_an_interrupt_ends_it_in_good_order_while_a_browser_listens(tmp_path: Path) -> None:
    command = [sys.executable, "-X", "dev", "-c", NEWSROOM, str(tmp_path)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        connection = http.client.HTTPConnection(urlsplit(process.stdout.readline().strip()).netloc, timeout=20)
        connection.request("GET", "/events")
        response = connection.getresponse()
        while not response.readline().startswith(b"data:"):
            pass
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (0, "done\n", "")
    response.close()
    connection.close()
