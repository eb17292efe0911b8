"""The pane that shows one page, and all that is done in it."""
