"""site.yaml, key by key."""
