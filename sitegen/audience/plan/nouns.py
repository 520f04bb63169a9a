"""Name the classes of messages as people say them."""

from __future__ import annotations

from sitegen.model.channel import MessageClass

NOUNS = {
    MessageClass.PROMOTION: ("promotion", "promotions"),
    MessageClass.CARE: ("greeting", "greetings"),
    MessageClass.SURVEY: ("survey", "surveys"),
}
"""What a message of each class is called: one, and several."""
