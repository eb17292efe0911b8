"""The page Learning: the week, activities, tries."""
