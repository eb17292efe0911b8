"""The sheet that tells all keys, and the page that changes them."""
