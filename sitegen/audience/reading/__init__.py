"""From marked trees to segments: parse every line, and report every mistake at its place."""
