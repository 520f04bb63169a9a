"""Hand the tokens of the room of keys to those who write messages."""

from __future__ import annotations

from dataclasses import dataclass, field

from sitegen.model.channel import MessageClass
from sitegen.model.claim import Claim, Purpose
from sitegen.model.plan import Recipient
from sitegen.protect import tokens


@dataclass(frozen=True, slots=True)
class KeyedTokens:
    """Tokens that one receiver key makes: the `Tokens` of sitegen.render.mail.message."""

    sealer: tokens.Sealer = field(repr=False)

    def message(self, recipient: Recipient) -> str:
        """What names this one message everywhere."""
        return tokens.message_token(self.sealer, recipient.edition, recipient.channel, recipient.address_key)

    def claim(self, purpose: Purpose, recipient: Recipient, message_class: MessageClass, about: str = "") -> str:
        """What lets the reader of this message do one thing at the receiver."""
        claim = Claim(
            purpose=purpose,
            customer_id=recipient.customer_id,
            channel=recipient.channel,
            message_class=message_class,
            campaign=recipient.campaign,
            edition=recipient.edition,
            address_key=recipient.address_key,
            day=recipient.day,
            about=about,
        )
        return tokens.seal(self.sealer, claim)
