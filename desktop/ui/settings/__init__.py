"""The settings, and the page Safety among them."""
