import sys
sys.path.insert(0, '/work/src')
from pickjar import Session, seal, unseal
print(unseal(seal(Session({'k': {'v': 1.5}}))))
