"""The Ctrl+K box, and its rows where something is chosen by typing."""
