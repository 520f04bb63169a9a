"""Reports of the house's own work: the file, the staff, the desk, and the plan of the year."""
