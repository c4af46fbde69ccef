# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""What clients are meant to send."""
import sys


class Box:
    """A box with a name and a size."""

    limit = sys.maxsize

    def __init__(self, name="box", size=1):
        self.name = name
        self.size = min(size, self.limit)
