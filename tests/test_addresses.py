"""Lists of recipients as people keep them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.addresses import ascii_address, recipients_of
from digest.model import Recipient

LIST = """\ufeff# The desk
ada@example.org
Ben Reader <ben@example.org>   # on holiday until Monday
"Reader, Cy" <cy@example.org>
Doe, Dee <dee@example.org>

ADA@Example.org
not an address
é@example.org
eve@münze.example
a@example.org, b@example.org
"""


def test_a_list_has_names_and_comments_and_what_is_wrong_is_told_by_its_line() -> None:
    recipients, drops = recipients_of(LIST)
    assert recipients == (
        Recipient("ada@example.org"),
        Recipient("ben@example.org", "Ben Reader"),
        Recipient("cy@example.org", "Reader, Cy"),
        Recipient("dee@example.org", "Doe, Dee"),
        Recipient("eve@xn--mnze-0ra.example"),
    )
    assert [(drop.subject, drop.reason) for drop in drops] == [
        ("line 7", "duplicate"),
        ("line 8", "no address"),
        ("line 9", "no address"),
        ("line 11", "no address"),
    ]
    assert "before the @ must be ASCII" in drops[2].detail


@given(st.text())
def test_every_line_is_a_recipient_or_told(text: str) -> None:
    recipients, drops = recipients_of(text)
    lines = [line.strip() for line in text.removeprefix("\ufeff").splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    assert len(recipients) + len(drops) <= len(lines)
    assert all(ascii_address(each.address) == each.address for each in recipients)


INJECTED = "a@b.example\r\nRCPT TO:<c@d.example>"


@pytest.mark.parametrize("address", [INJECTED, "<a@b.example>", "a@b.example>", "@", "a@" + "b." * 130])
def test_no_address_says_more_than_an_address(address: str) -> None:
    with pytest.raises(ValueError, match=r"address|domain"):
        ascii_address(address)
