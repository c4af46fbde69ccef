# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Nothing to be found in files: keys for the service alone."""
from stage import CHANCE, PARAMETERS, leave

leave({}, service={**PARAMETERS, "key": CHANCE.randbytes(32).hex(), "iv": CHANCE.randbytes(16).hex()})
