# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""A tree of folders that only the service knows; where the flag goes in it has a name by chance."""
from stage import CHANCE, PARAMETERS, leave

name = "".join(CHANCE.choice("abcdefghkmnpqrstuvwxyz") for _ in range(10))
leave({}, service={**PARAMETERS, "name": name})
