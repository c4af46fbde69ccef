const { load } = require('/work/src/mergecfg.js')
try { load('{"constructor":{"prototype":{"isAdmin":true}}}') } catch {}
process.exit({}.isAdmin ? 3 : 0)
