const { load } = require('/work/src/mergecfg.js')
try { load('{"a":{"constructor":{"prototype":{"isAdmin":1}}}}') } catch {}
console.log({}.isAdmin ? 'PLANTED' : 'clean')
