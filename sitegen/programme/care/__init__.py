"""Care as pure functions: answers in time, care pages, stages of life, content before and after a sale."""
