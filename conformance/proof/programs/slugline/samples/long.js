const { isSlug } = require('/work/src/slugline.js')
for (const t of ['the-long-way-around-the-harbour-wall', 'a-'.repeat(100), 'b'.repeat(201), 'ten-boats-and-one-bell']) console.log(isSlug(t))
