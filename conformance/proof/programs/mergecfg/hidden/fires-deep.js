const { load } = require('/work/src/mergecfg.js')
try { load('{"a":{"constructor":{"prototype":{"isAdmin":1}}}}') } catch {}
process.exit({}.isAdmin ? 3 : 0)
