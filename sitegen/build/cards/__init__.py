"""Cards of a build: who gets which, print jobs, processes, what was printed."""
