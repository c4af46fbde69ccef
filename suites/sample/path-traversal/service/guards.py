# weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
"""Guards that ought to keep readers within /library/public. Each gives the path that is read, or None for a refusal."""
import posixpath
import unicodedata
from urllib.parse import unquote

ROOT = "/library/public"


def plain(name):
    return f"{ROOT}/{name}"


def taken_out(name):
    return f"{ROOT}/" + name.replace("../", "")


def decoded(name):
    once = unquote(name)
    return None if ".." in once else f"{ROOT}/" + unquote(once)


def beginning(name):
    path = posixpath.normpath(f"{ROOT}/{name}")
    return path if path.startswith(ROOT) else None


def ending(name):
    """Only texts may be read; a name ends where C says that it ends."""
    whole = unquote(name)
    if whole.startswith("/") or not whole.endswith(".txt"):
        return None
    return f"{ROOT}/" + whole.split("\0")[0]


def folded(name):
    """No point but one before the ending, no slash at the beginning; then signs of one meaning become one sign."""
    if name.count(".") > 1 or "/" in name or "%" in name:
        return None
    return f"{ROOT}/" + unicodedata.normalize("NFKC", name)


def inside(name):
    """The path as written must stay inside; links are not looked at."""
    path = posixpath.normpath(posixpath.join(ROOT, name))
    return posixpath.join(ROOT, name) if (path + "/").startswith(ROOT + "/") else None


GUARDS = {
    "plain": plain,
    "taken-out": taken_out,
    "decoded": decoded,
    "beginning": beginning,
    "ending": ending,
    "folded": folded,
    "links": inside,
}
