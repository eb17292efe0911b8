"""The page Portfolio and the files it makes."""
