const { load } = require('/work/src/mergecfg.js')
try {
  load('{"port":80}', '{"__proto__":{"isAdmin":true}}')
} catch (error) {
  console.log('refused:', error.message)
}
const visitor = {}
console.log(visitor.isAdmin ? 'PLANTED in every object' : 'clean')
