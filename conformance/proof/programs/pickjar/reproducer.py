import base64, os, pickle, sys, zlib
sys.path.insert(0, '/work/src')
import pickjar


class Planted:
    def __reduce__(self):
        return os.system, ('echo session code ran',)


text = 'J1' + base64.urlsafe_b64encode(zlib.compress(pickle.dumps(Planted()))).decode()
try:
    print(pickjar.unseal(text))
except pickjar.JarError as error:
    print('refused:', error)
