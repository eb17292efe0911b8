"""Forms and questions over the window, for whoever asks."""
