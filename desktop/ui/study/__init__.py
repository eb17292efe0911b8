"""Time for learning: the timer, its bar, the calendar, the words for all of it."""
