"""What those who stay have: contracts, the ladder, ways to pay, quiet months, prices that are kept."""
