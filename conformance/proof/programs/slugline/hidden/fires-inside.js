const { isSlug } = require('/work/src/slugline.js')
const began = performance.now()
isSlug('a'.repeat(25) + '!a')
console.log(performance.now() - began > 250 ? 'TOO SLOW' : 'in time')
