"""The order of the walk: the only room that knows which room comes after which."""
