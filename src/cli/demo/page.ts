import { spawn } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { EXIT, Stop } from '../exit.ts'
import { ROOT } from '../root.ts'
import { inert } from '../text/inert.ts'

const BUILT = join(ROOT, 'dist', 'web', 'index.html')
const MADE_OF = ['src/web', 'src/contract', 'src/core', 'src/ledger', 'vite.config.ts', 'package-lock.json']
const KEPT = 4000

/** Whether the built page is missing, or older than something it is made of. */
export async function pageIsOld(): Promise<boolean> {
  const built = await stat(BUILT).catch(() => null)
  if (built === null) return true
  const times = await Promise.all(MADE_OF.map((path) => newest(join(ROOT, path))))
  return times.some((time) => time > built.mtimeMs)
}

/** The latest change of a file, or of anything under a folder but tests; 0 where there is nothing. */
async function newest(path: string): Promise<number> {
  const is = await stat(path).catch(() => null)
  if (is === null) return 0
  if (!is.isDirectory()) return is.mtimeMs
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
  const times = await Promise.all(
    files.map((entry) =>
      stat(join(entry.parentPath, entry.name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  )
  return Math.max(0, ...times)
}

/** Builds the page. Throws Stop (4) with the builder's last words when it fails. */
export async function buildPage(signal: AbortSignal): Promise<void> {
  const said: string[] = []
  const code = await new Promise<number | string>((resolve) => {
    const child = spawn(
      process.execPath,
      [join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'],
      {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' },
        signal,
      },
    )
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk.toString('utf8')))
    child.on('error', (error) => resolve(error.message))
    child.on('close', (status, killed) => resolve(status ?? killed ?? 1))
  })
  if (signal.aborted) throw new Stop(EXIT.stopped, 'Stopped while the page was being built.')
  if (code === 0) return
  const words = said
    .join('')
    .slice(-KEPT)
    .trim()
    .split('\n')
    .slice(-8)
    .map((line) => inert(line))
  throw new Stop(
    EXIT.unavailable,
    `The page could not be built (${code}).`,
    words.length === 0 ? 'Try: npm ci' : words.join('\n      '),
  )
}
