import { enableCompileCache } from 'node:module'

// Compiled once, kept beside the other caches of the person's system: later commands start faster.
enableCompileCache()
const { runCommand } = await import('./program.ts')
process.exitCode = await runCommand(process.argv.slice(2))
