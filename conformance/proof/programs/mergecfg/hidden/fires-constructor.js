const { load } = require('/work/src/mergecfg.js')
try { load('{"constructor":{"prototype":{"isAdmin":true}}}') } catch {}
console.log({}.isAdmin ? 'PLANTED' : 'clean')
