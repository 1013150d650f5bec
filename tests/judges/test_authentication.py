"""A signed message as a receiving server authenticates it: DKIM, SPF and DMARC by mailauth, with a DNS of our own."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.judges.conftest import HERE
from tests.test_signing import new_key, signed

OURS, OTHERS = "192.0.2.25", "198.51.100.9"
DOMAIN = "harbour-brief.example"


def authenticate(node: Path, message: bytes, public: str, ip: str = OURS) -> Any:
    records = {
        f"TXT digest._domainkey.{DOMAIN}": [[public]],
        f"TXT {DOMAIN}": [[f"v=spf1 ip4:{OURS} -all"]],
        f"TXT _dmarc.{DOMAIN}": [["v=DMARC1; p=reject; adkim=s; aspf=s"]],
    }
    given = json.dumps({"records": records, "ip": ip, "sender": f"brief@{DOMAIN}"})
    command: list[str | Path] = [node, HERE / "authenticate.mjs", given]
    return json.loads(subprocess.run(command, input=message, capture_output=True, check=True).stdout)


def test_dkim_spf_and_dmarc_pass(mailauth: Path, tmp_path: Path) -> None:
    key, public = new_key(tmp_path)
    assert authenticate(mailauth, signed(key), public) == {"dkim": ["pass"], "spf": "pass", "dmarc": "pass"}


def test_what_was_tampered_with_fails_from_elsewhere(mailauth: Path, tmp_path: Path) -> None:
    key, public = new_key(tmp_path)
    message = signed(key)
    for changed in (
        message.replace(b"Good morning", b"Good evening"),
        message.replace(b"\r\nSubject:", b"\r\nSubject: Re:", 1),
        message.replace(b"\r\nList-Unsubscribe-Post:", b"\r\nX-Nothing:", 1),
    ):
        told = authenticate(mailauth, changed, public, OTHERS)
        assert "pass" not in (*told["dkim"], told["spf"])
        assert told["dmarc"] == "fail"


def test_the_signature_alone_carries_a_forwarded_message(mailauth: Path, tmp_path: Path) -> None:
    key, public = new_key(tmp_path)
    assert authenticate(mailauth, signed(key), public, OTHERS) == {"dkim": ["pass"], "spf": "fail", "dmarc": "pass"}
