const { parts } = require('/work/src/slugline.js')
for (const t of ['berth-12-north', 'x', 'no good', '2024-', 'a--b']) console.log(parts(t))
