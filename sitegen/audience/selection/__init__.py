"""From rules and facts to who is in: expressions, cuts, memberships, explanations, access."""
