import base64, pickle, sys, zlib
sys.path.insert(0, '/work/src')
import pickjar
class P:
    def __reduce__(self):
        return eval, ("print('session code ran')",)
raw = pickle.dumps(P())
try:
    pickjar.unseal('J1' + base64.urlsafe_b64encode(zlib.compress(raw)).decode())
except pickjar.JarError:
    pass
