import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { buildPage, isStale } from './test/page.ts'

// npm run soak [-- NAME… | all]: what is too long for every run of the tests. Each is a script in conformance/soak that
// prints its own lines, takes its options from the environment, and ends with 0 when what it promises held.
const root = resolve(import.meta.dirname, '..')
const folder = join(root, 'conformance/soak')
const runs = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => /^[a-z0-9-]+\.ts$/.test(name))
      .sort()
  : []

/** The first comment line of a script says what it shows. */
function says(file: string): string {
  return /^\/\/ ?(.*)$/m.exec(readFileSync(join(folder, file), 'utf8'))?.[1] ?? ''
}

function main(asked: readonly string[]): number {
  const nameOf = (file: string) => basename(file, '.ts')
  if (asked.length === 0) {
    for (const file of runs) process.stdout.write(`${nameOf(file).padEnd(16)} ${says(file)}\n`)
    process.stdout.write(
      runs.length === 0
        ? 'there is no long run in conformance/soak\n'
        : 'run one: npm run soak -- NAME; all: npm run soak -- all\n',
    )
    return 0
  }
  const strange = asked.filter((name) => name !== 'all' && !runs.some((file) => nameOf(file) === name))
  if (strange.length > 0 || runs.length === 0) {
    process.stderr.write(
      `there is no long run "${strange.join('", "') || 'all'}"; there are: ${runs.map(nameOf).join(', ') || 'none'}\n`,
    )
    return 2
  }
  const said = isStale(root) ? buildPage(root) : null
  if (said !== null) process.stderr.write(`the page cannot be built; runs that need it will say so\n${said}\n`)
  let failed = 0
  const chosen = runs.filter((file) => asked.includes('all') || asked.includes(nameOf(file)))
  for (const file of chosen) {
    const began = performance.now()
    process.stdout.write(`── ${nameOf(file)}: ${says(file)}\n`)
    const { status, signal } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', join(folder, file)], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const held = status === 0
    if (!held) failed++
    process.stdout.write(
      `── ${nameOf(file)} ${held ? 'held' : `failed (${signal ?? `exit ${status}`})`} after ${((performance.now() - began) / 1000).toFixed(0)} s\n`,
    )
  }
  process.stdout.write(`${chosen.length - failed} passed, ${failed} failed\n`)
  return failed === 0 ? 0 : 1
}

process.exitCode = main(process.argv.slice(2))
