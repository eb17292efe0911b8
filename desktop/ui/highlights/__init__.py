"""The page of all highlights."""
