const { slug } = require('/work/src/slugline.js')
for (const t of ['Low tide', '', '  A -- B ', 'Stra\u00dfe 9', 'x'.repeat(90), 'one two three four five six seven eight nine ten eleven twelve']) console.log(slug(t))
