# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Logs of invented machines, each with one thing in it that is to be found."""
from scenes import SCENES
from stage import CHANCE, PARAMETERS, leave

files, answer = SCENES[PARAMETERS["scene"]](CHANCE, PARAMETERS["lines"])
leave({name: "\n".join(lines) + "\n" for name, lines in files.items()}, check={"answer": answer})
