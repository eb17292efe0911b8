"""The page Toolkit and its cards."""
