"""Make what lies on the advisers' desk, and the owner's reports."""
