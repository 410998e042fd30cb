"""What is published: the public page of a decision, and the stretches that are hidden in it."""
