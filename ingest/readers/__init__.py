"""Streaming readers of the formats that offices publish. One record in memory, not the file."""
