"""Everything that can be known of a shop without writing."""
