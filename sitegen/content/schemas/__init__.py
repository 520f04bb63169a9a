"""JSON Schemas (2020-12) of everything that a shop writes in YAML, for editors that complete, explain and check."""
