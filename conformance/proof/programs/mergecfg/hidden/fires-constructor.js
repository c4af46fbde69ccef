const { load } = require('/work/src/mergecfg.js')
try { load('{"constructor":{"prototype":{"isAdmin":true}}}') } catch {}
require('node:assert').strictEqual({}.isAdmin, undefined)
