"""The native messaging host: puts captures from the browser into the spool. Standard library only."""
