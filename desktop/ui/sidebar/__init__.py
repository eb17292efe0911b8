"""The places at the left of the window."""
