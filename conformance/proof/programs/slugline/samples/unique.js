const { unique } = require('/work/src/slugline.js')
console.log(unique('a', new Set()), unique('a', new Set(['a', 'a-2'])))
