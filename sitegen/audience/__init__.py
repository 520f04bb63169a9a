"""The rule language, occasions, consent, and the plan."""
