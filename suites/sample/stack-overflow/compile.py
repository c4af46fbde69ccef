# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Compiles a C source with the guards off, always to the same bytes."""
import os
import subprocess
import tempfile

OPTIONS = """-O0 -w -no-pie -fno-pic -fno-stack-protector -fcf-protection=none -U_FORTIFY_SOURCE -Wl,--build-id=none
-Wl,-z,norelro""".split()


def compiled(name, source):
    """The program of a source with that file name."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, name), "w") as file:
            file.write(source)
        subprocess.run(["gcc", *OPTIONS, "-o", "program", name], cwd=folder, check=True)
        with open(os.path.join(folder, "program"), "rb") as file:
            return file.read()
