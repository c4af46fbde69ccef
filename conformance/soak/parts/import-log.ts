import { openFileSource } from '../../../src/cli/evaluate/read-source.ts'
import { readInspectLog } from '../../../src/formats/inspect/read-log.ts'

// Imports the log named on the command line and prints what came of it and the most memory that was resident meanwhile.

const file = openFileSource(process.argv[2] ?? '', 'log')
const read = file.drive(readInspectLog(file.source))
file.close()
const log = read.ok ? read.log : null
console.log(
  JSON.stringify({
    rss: process.resourceUsage().maxRSS * 1024,
    samples: log?.samples.length ?? 0,
    keys: log?.keys.reduce((sum, { count }) => sum + count, 0) ?? 0,
    finished: log?.isFinished ?? false,
    codes: [...new Set((read.ok ? read.log : read).findings.map((finding) => finding.code))],
  }),
)
