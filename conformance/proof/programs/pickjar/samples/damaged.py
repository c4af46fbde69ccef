import sys
sys.path.insert(0, '/work/src')
from pickjar import JarError, unseal
for text in ['', 'J1', 'J1AAAA', 'nothing', 'J1!']:
    try:
        print(dict(unseal(text)))
    except JarError as error:
        print(error)
