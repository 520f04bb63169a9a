"""Write a message's token into its return path, so that whatever comes back says which message it is about."""

from __future__ import annotations

from sitegen.model.shop import Sender


def return_path(sender: Sender, token: str) -> str:
    """`bounces+<token>@shop.example` (VERP): the address that undeliverable mail returns to."""
    mailbox, _, domain = (sender.bounces or sender.address).rpartition("@")
    return f"{mailbox}+{token}@{domain}"
