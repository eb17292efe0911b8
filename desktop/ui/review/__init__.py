"""The weekly review, and what it brings up again."""
