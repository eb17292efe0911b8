"""From a spooled message or an address to a capture in the library."""
