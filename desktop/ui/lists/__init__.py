"""The list of captures in the middle of the window."""
