"""A jar of sessions: values by name with an expiry, as bytes that a visitor's cookie or a file carries."""
import base64
import pickle
import zlib


class JarError(Exception):
    pass


class Session(dict):
    """Values of one visitor; `expires` counts visits, None is for ever."""

    def __init__(self, values=(), expires=None):
        super().__init__(values)
        self.expires = expires

    def visit(self):
        if self.expires is not None:
            self.expires -= 1
            if self.expires <= 0:
                self.clear()
        return self


def seal(session):
    """Text that `unseal` reads again."""
    raw = pickle.dumps({'values': dict(session), 'expires': session.expires}, protocol=4)
    return 'J1' + base64.urlsafe_b64encode(zlib.compress(raw)).decode('ascii')


def unseal(text):
    """The session of a sealed text; an empty one for an empty text."""
    if not text:
        return Session()
    if not text.startswith('J1'):
        raise JarError('not a sealed session')
    try:
        raw = zlib.decompress(base64.urlsafe_b64decode(text[2:].encode('ascii')))
        content = pickle.loads(raw)
        return Session(content['values'], content['expires'])
    except (ValueError, KeyError, TypeError, zlib.error, EOFError, pickle.UnpicklingError) as error:
        raise JarError('damaged session') from error


def merge(old, new):
    """Takes over what the newer has; counters add up."""
    for name, value in new.items():
        if isinstance(value, int) and not isinstance(value, bool) and isinstance(old.get(name), int):
            old[name] += value
        else:
            old[name] = value
    return old
