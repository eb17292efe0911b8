"""Learning: goals with evidence, activities, tools, questions, reviews; above the library."""
