import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { findTests, type Group, groupTests } from './test/groups.ts'
import { fit, lookAround } from './test/machine.ts'
import { buildPage, isStale } from './test/page.ts'
import { type GroupResult, runGroup } from './test/run-group.ts'
import { describeGroup, describeSkips, lastLine, sum } from './test/verdict.ts'

// npm test [-- [--strict] [--again] WORD…]: every test whose path contains one of the words, or all of them.
const root = resolve(import.meta.dirname, '..')
const args = process.argv.slice(2)
const strict = args.includes('--strict')
const filters = args.filter((arg) => !arg.startsWith('--'))
const again = args.includes('--again')
const unknown = args.find((arg) => arg.startsWith('--') && arg !== '--strict' && arg !== '--again')

/** Groups that share nothing with anyone may run side by side; those with a server or a browser have the machine to themselves. */
const LIGHT: readonly Group['name'][] = ['pure', 'property', 'conformance']

async function main(): Promise<number> {
  if (unknown !== undefined) {
    process.stderr.write(`npm test: unknown option ${unknown}. Options: --strict, --again; words choose files by path.\n`)
    return 2
  }
  const machine = lookAround(root, process.env)
  const groups = groupTests(findTests(root), filters)
  if (groups.length === 0) {
    process.stdout.write(`no test file has ${filters.join(' or ')} in its path\n0 passed, 1 failed\n`)
    return 1
  }
  const { run, leftOut } = fit(groups, machine)
  const results: GroupResult[] = []
  const browser = run.some((group) => group.name === 'browser')
  if (browser || (filters.length === 0 && isStale(root))) results.push(...makePage())
  const env = { ...process.env, NO_COLOR: '1', ...(machine.chromium === null ? {} : { WEIR_CHROMIUM: machine.chromium }) }
  const light = run.filter((group) => LIGHT.includes(group.name))
  const heavy = run.filter((group) => !LIGHT.includes(group.name))
  const take = async (queue: Group[]) => {
    for (let group = queue.shift(); group !== undefined; group = queue.shift()) {
      const result = await runGroup(root, group, env, again)
      results.push(result)
      process.stdout.write(`${describeGroup(root, result)}\n`)
    }
  }
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, () => take(light)))
  await take(heavy)
  for (const line of describeSkips(results.flatMap((result) => result.skips))) process.stdout.write(`${line}\n`)
  for (const one of leftOut) process.stdout.write(`left out     ${one.suite}: ${one.why}. To run it: ${one.enable}\n`)
  const total = sum(results, leftOut, strict)
  process.stdout.write(`${lastLine(total)}\n`)
  return total.failed > 0 || total.passed === 0 ? 1 : 0
}

/** Builds the page when it is missing or stale; a page that cannot be built is a failed test of its own. */
function makePage(): GroupResult[] {
  if (!isStale(root)) return []
  const began = performance.now()
  const said = buildPage(root)
  const seconds = (performance.now() - began) / 1000
  process.stdout.write(
    `page         ${said === null ? 'built' : 'cannot be built'}  (${seconds.toFixed(1)} s)\n${said === null ? '' : `${said}\n`}`,
  )
  if (said === null) return []
  return [
    { name: 'page', files: 1, passed: 0, failed: 1, skipped: 0, seconds, failures: [], skips: [], unsteady: [], printed: said },
  ]
}

process.exitCode = await main()
