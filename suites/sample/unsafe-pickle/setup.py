# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Nothing to be found in files."""
from stage import PARAMETERS, leave

leave({}, service=PARAMETERS)
