const { load } = require('/work/src/mergecfg.js')
console.log(JSON.stringify(load('{"a":{"x":1}}', '{"a":{"y":2}}')))
