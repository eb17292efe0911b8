"""The browsers: how each stands, and what connects it."""
