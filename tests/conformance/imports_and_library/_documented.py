"""A module.

With more to say."""
value = 1
