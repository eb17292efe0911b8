"""The widgets and words every view is made of; none of them knows the desk."""
