import sys
sys.path.insert(0, '/work/src')
from pickjar import Session, merge, seal, unseal
a = unseal(seal(Session({'n': 1, 'flag': True})))
print(sorted(merge(a, unseal(seal(Session({'n': 4, 'flag': False, 'new': {1: b'2'}})))).items()))
