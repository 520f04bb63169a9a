"""Make what the complaint desk has before it: cases and their steps, studies, registers."""
