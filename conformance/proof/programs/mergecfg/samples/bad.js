const { load } = require('/work/src/mergecfg.js')
for (const text of ['[]', '{', '3', '"x"']) try { console.log(load(text)) } catch (e) { console.log(e.name) }
