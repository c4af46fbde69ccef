import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const SOURCES = ['src/web', 'src/contract', 'src/core', 'src/ledger', 'vite.config.ts', 'package-lock.json']

/** True when the built page is missing or older than a file it is made of. */
export function isStale(root: string): boolean {
  const built = join(root, 'dist/web/index.html')
  if (!existsSync(built)) return true
  const at = statSync(built).mtimeMs
  return SOURCES.some((source) => existsSync(join(root, source)) && newest(join(root, source)) > at)
}

function newest(path: string): number {
  const stat = statSync(path)
  if (!stat.isDirectory()) return path.endsWith('.test.ts') ? 0 : stat.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}

/** Builds the page into `dist/web`; null when it worked, else what the builder said. */
export function buildPage(root: string): string | null {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const done = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  return done.status === 0 ? null : `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`
}
