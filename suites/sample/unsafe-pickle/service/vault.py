# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Where the service keeps its secret."""
SECRET = ""
