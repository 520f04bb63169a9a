"""Visit the outside addresses that a shop's texts point to."""
