import { enableCompileCache } from 'node:module'
import { codeCache } from './code-cache.ts'

// Compiled once and kept for this person: later commands start faster.
const kept = codeCache(process.env)
if (kept !== null) enableCompileCache(kept)
const { runCommand } = await import('./program.ts')
process.exitCode = await runCommand(process.argv.slice(2))
