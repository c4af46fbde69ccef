# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""A file system in memory: folders, files and links, walked as a kernel would."""
MOST_LINKS = 40


class Tree:
    """Entries by absolute path: text of a file, None for a folder, ("to", target) for a link."""

    def __init__(self, files):
        self.entries = {"/": None}
        for path, text in files.items():
            self.write(path, text)

    def write(self, path, content):
        parts = path.strip("/").split("/")
        for n in range(1, len(parts)):
            self.entries.setdefault("/" + "/".join(parts[:n]), None)
        self.entries[path] = content

    def walk(self, path):
        """The absolute path, free of links, that a path leads to; None where it leads nowhere."""
        at, left, links = "/", [part for part in reversed(path.split("/")) if part not in ("", ".")], 0
        while left:
            part = left.pop()
            if part == "..":
                at = at.rsplit("/", 1)[0] or "/"
                continue
            to = at.rstrip("/") + "/" + part
            entry = self.entries.get(to, False)
            if entry is False or links > MOST_LINKS:
                return None
            if isinstance(entry, tuple):
                links += 1
                at = "/" if entry[1].startswith("/") else at
                left += [one for one in reversed(entry[1].split("/")) if one not in ("", ".")]
            else:
                at = to
        return at

    def read(self, path):
        """The text of a file, the names in a folder, or None."""
        at = self.walk(path)
        if at is None or self.entries[at] is not None:
            return None if at is None else self.entries[at]
        inside = at.rstrip("/") + "/"
        below = (name[len(inside) :] for name in self.entries if name.startswith(inside))
        return " ".join(sorted(name for name in below if name and "/" not in name))
