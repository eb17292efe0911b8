"""The native messaging host: takes captures from the browser and puts them into the spool. Standard library only."""
