const { isSlug } = require('/work/src/slugline.js')
console.log(isSlug('the-quick-brown-boat-2-north-of-the-quay'), isSlug('q'.repeat(90)))
