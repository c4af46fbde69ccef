import sys
sys.path.insert(0, '/work/src')
from pickjar import Session, seal, unseal
s = unseal(seal(Session({'name': 'Ann', 'seen': [1, 2, (3, 4)], 'x': None}, 3)))
print(sorted(s.items(), key=str), s.expires)
