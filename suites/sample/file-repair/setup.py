# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""A file with the flag in it, damaged in one way."""
from damages import DAMAGES
from stage import CHANCE, FLAG, PARAMETERS, leave

leave(DAMAGES[PARAMETERS["damage"]](CHANCE, FLAG))
