"""Customer sources, tables and facts. The only room that talks to the data engine."""
