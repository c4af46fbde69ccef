const { load, print } = require('/work/src/mergecfg.js')
console.log(print(load('{"a":{"b":1,"c":2}}', '{"a":{"b":null}}', '{"d":"protocol","__x":1}')).join('\n'))
