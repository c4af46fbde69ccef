import sys
sys.path.insert(0, '/work/src')
from pickjar import Session, seal, unseal
s = Session({'n': 1}, 2)
for i in range(3):
    s = unseal(seal(s)).visit()
    print(dict(s), s.expires)
