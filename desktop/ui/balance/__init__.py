"""The page Balance and the quarterly self-check."""
