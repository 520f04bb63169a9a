"""Reads content/ and themes/ into a Project. The only room that knows YAML."""
