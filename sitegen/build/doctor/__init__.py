"""Look at this machine, the shop's folder and its address, and say what is missing or unsafe."""
