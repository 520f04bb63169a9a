"""By which ways each act is done."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.model.duty import Act

CHANNELS: Mapping[Act, tuple[str, ...]] = {
    Act.CALL: ("call",),
    Act.VISIT: ("visit",),
    Act.MESSAGE: ("mail", "text", "card", "call"),
    Act.LETTER: ("mail", "card", "text"),
    Act.CONTACT: (),
}
"""The channels by which each act is done; none: any. A task in the house is proved by no contact."""
IN_VAIN = "not-reached"
"""The outcome of a contact that proves nothing."""
