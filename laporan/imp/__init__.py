"""The class of the IMP: what is known of twelve months, and the officer's decision. Nothing here computes a class."""
