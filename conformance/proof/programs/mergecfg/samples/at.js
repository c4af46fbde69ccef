const { load, at } = require('/work/src/mergecfg.js')
const s = load('{"a":{"b":{"c":5}}}', '{"a":{"b":{"d":6}}}')
console.log(at(s, 'a.b.c'), at(s, 'a.b.d'), at(s, 'a.x.y', 'no'), at(s, 'toString', 'own only'))
