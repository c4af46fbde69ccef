const { load, print } = require('/work/src/mergecfg.js')
console.log(print(load('{"server":{"port":80,"host":"quay"}}', '{"server":{"port":8080}}')).join('\n'))
