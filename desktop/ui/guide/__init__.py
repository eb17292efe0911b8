"""The first steps, shown over the window."""
