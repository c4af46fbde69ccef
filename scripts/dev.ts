import { type ChildProcess, spawn } from 'node:child_process'
import { join, resolve } from 'node:path'

// npm run dev: a demo on port 4180, started anew when a file of the server changes, and the page with its own reloading on
// port 4181, which passes what is not the page on to the demo.
const root = resolve(import.meta.dirname, '..')
const children: ChildProcess[] = []

function start(...args: string[]): void {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  child.on('exit', (code) => end(code ?? 1))
  children.push(child)
}

function end(code: number): void {
  process.exitCode ??= code
  for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0))
const watched = ['src/server', 'src/core', 'src/formats', 'src/ledger', 'src/contract', 'src/devkit'].flatMap((path) => [
  '--watch-path',
  join(root, path),
])
start('--watch-preserve-output', ...watched, 'src/cli/main.ts', 'up', '--demo')
start('node_modules/vite/bin/vite.js')
process.stdout.write('the page: http://localhost:4181   the demo behind it: http://localhost:4180\n')
