"""Find what stands on the advisers' pages: duties that wait, promises, appointments, and what one knows of whom."""
