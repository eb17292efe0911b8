"""One activity or try: its pane, its forms, what is done with it."""
