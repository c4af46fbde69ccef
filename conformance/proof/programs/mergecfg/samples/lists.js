const { load, print } = require('/work/src/mergecfg.js')
console.log(print(load('{"tags":[1,2]}', '{"+tags":[3]}', '{"+more":["x"]}', '{"a":{"+b":[1]}}')).join('\n'))
