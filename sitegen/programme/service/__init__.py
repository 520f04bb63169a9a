"""Service as pure functions: rules of returns, standards, promises, surveys, and how readable they are."""
