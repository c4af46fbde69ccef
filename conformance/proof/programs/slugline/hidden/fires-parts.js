const { parts } = require('/work/src/slugline.js')
const began = performance.now()
parts('7'.repeat(25) + '_7')
console.log(performance.now() - began > 250 ? 'TOO SLOW' : 'in time')
