"""What stands around and above the panes of the window."""
