"""The plan: candidates, what stands in their way, when they leave, caps, designs, and who shares an address."""
