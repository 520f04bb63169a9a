"""Points as pure functions: the states of the ledger, when points go, what a day adds, and what they buy."""
