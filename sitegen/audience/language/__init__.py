"""The words that rules are made of: facts, events, phrases, and how they are said and printed."""
