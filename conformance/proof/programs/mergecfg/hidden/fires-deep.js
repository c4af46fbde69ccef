const { load } = require('/work/src/mergecfg.js')
try { load('{"a":{"constructor":{"prototype":{"isAdmin":1}}}}') } catch {}
require('node:assert').strictEqual({}.isAdmin, undefined)
