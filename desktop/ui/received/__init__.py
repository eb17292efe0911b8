"""The page Received: who sent a pack, what is in it, what of it to keep, and the answer to it."""
