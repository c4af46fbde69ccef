const { isSlug } = require('/work/src/slugline.js')
for (const t of ['low-tide', 'a', 'a-', '-a', 'a--b', 'A', '', 'a-b-9', 'low tide']) console.log(t, isSlug(t))
