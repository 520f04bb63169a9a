"""The plan: candidates, what stands in their way, caps, designs, and who shares an address."""
