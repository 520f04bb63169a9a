"""Make the owner's reports and their files."""
