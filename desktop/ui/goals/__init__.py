"""The list of goals, one goal with its evidence, its forms."""
