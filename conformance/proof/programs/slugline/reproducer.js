const { isSlug } = require('/work/src/slugline.js')
const began = performance.now()
const answer = isSlug('averylongaddressofwords' + 'x!')
const took = performance.now() - began
console.log(answer, took > 250 ? 'TOO SLOW' : 'in time')
