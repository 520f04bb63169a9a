"""Begin something: a shop, a campaign, a page, a segment, a card design."""
