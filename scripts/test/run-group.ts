import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Group, ruleOf } from './groups.ts'
import type { Told } from './reporter.ts'

/** What came of one group: counts, and what its person must read. */
export interface GroupResult {
  readonly name: string
  readonly files: number
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly seconds: number
  readonly failures: readonly Told[]
  readonly skips: readonly Told[]
  /** What failed once and held when its file was run again alone: a defect of the test or of what it tests, told and not counted. */
  readonly unsteady: readonly Told[]
  /** What failing files printed. */
  readonly printed: string
}

/** More failing files than these are no accident of a slow machine. */
const MOST_AGAIN = 2

/**
 * Runs one group in a process of its own and counts what it told; a process that dies or hangs counts as a failure. `again`: files of
 * a group with servers, sandboxes or a browser that failed are run once more, alone; what then holds is unsteady.
 */
export async function runGroup(root: string, group: Group, env: NodeJS.ProcessEnv, again = false): Promise<GroupResult> {
  const first = await runOnce(root, group, env)
  const files = new Set(first.result.failures.map(({ file }) => file))
  const isOften = files.size === 0 || files.size > MOST_AGAIN || files.has(null)
  if (!again || isOften || ruleOf(group.name).isolation === 'none') return first.result
  const relative = group.files.filter((file) => files.has(resolve(root, file)))
  if (relative.length !== files.size) return first.result
  const second = await runOnce(root, { ...group, files: relative }, env)
  if (second.result.failed > 0) return first.result
  const told = [...first.told.filter(({ file }) => !files.has(file)), ...second.told]
  const seconds = first.result.seconds + second.result.seconds
  return { ...tally(group, told, second.end, seconds), unsteady: first.result.failures }
}

interface Once {
  readonly result: GroupResult
  readonly told: readonly Told[]
  readonly end: End
}

async function runOnce(root: string, group: Group, env: NodeJS.ProcessEnv): Promise<Once> {
  const rule = ruleOf(group.name)
  const folder = mkdtempSync(join(tmpdir(), 'weir-test-'))
  const out = join(folder, 'told.ndjson')
  const began = performance.now()
  const args = [
    '--disable-warning=ExperimentalWarning',
    '--test',
    `--test-isolation=${rule.isolation}`,
    '--test-concurrency=2',
    `--test-reporter=${resolve(import.meta.dirname, 'reporter.ts')}`,
    `--test-reporter-destination=${out}`,
    ...group.files,
  ]
  try {
    const end = await runProcess(root, args, env, rule.minutes * 60_000)
    const told = readTold(out)
    return { result: tally(group, told, end, (performance.now() - began) / 1000), told, end }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface End {
  readonly code: number | null
  readonly why: string
  readonly printed: string
}

async function runProcess(root: string, args: string[], env: NodeJS.ProcessEnv, limitMs: number): Promise<End> {
  // A group of its own, so that what a hanging test started ends with it.
  const { NODE_TEST_CONTEXT: _, ...own } = env
  const child = spawn(process.execPath, args, { cwd: root, env: own, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const parts: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => parts.push(part))
  const end = (signal: NodeJS.Signals) => {
    try {
      process.kill(-child.pid!, signal)
    } catch {
      // Gone already.
    }
  }
  const stop = () => {
    end('SIGTERM')
    process.exitCode = 130
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  let late = false
  const timer = setTimeout(() => {
    late = true
    end('SIGKILL')
  }, limitMs)
  const code = await new Promise<number | null>((done) => {
    child.on('error', () => done(null))
    child.on('exit', (status) => {
      // Whoever still holds our pipes after the runner ended is a leftover.
      setTimeout(() => end('SIGKILL'), 500).unref()
      done(status)
    })
  })
  clearTimeout(timer)
  process.off('SIGINT', stop).off('SIGTERM', stop)
  const why = late ? `did not end within ${limitMs / 60_000} minutes` : `ended with ${child.signalCode ?? `code ${code}`}`
  return { code, why, printed: Buffer.concat(parts).toString('utf8') }
}

function readTold(path: string): Told[] {
  let text = ''
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return []
  }
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as Told]
    } catch {
      return [] // cut in the middle by a crash, which is counted by itself
    }
  })
}

/** Counts what a group told; nothing told, or an end that no failed test explains, is itself a failure. */
export function tally(group: Group, told: readonly Told[], end: End, seconds: number): GroupResult {
  const failures = told.filter((one) => one.kind === 'fail')
  const skips = told.filter((one) => one.kind === 'skip')
  const passed = told.filter((one) => one.kind === 'pass').length
  const own = (says: string): Told => ({ kind: 'fail', name: `group ${group.name}`, file: null, line: null, says })
  const whole = end.code === 0 && told.some((one) => one.kind === 'end')
  if (!whole && failures.length === 0) failures.push(own(`The test process ${end.why} before its tests did.`))
  else if (passed + failures.length + skips.length === 0) failures.push(own('The group ran no test.'))
  const files = new Set(failures.map((one) => one.file))
  const printed = told
    .filter((one) => one.kind === 'printed' && files.has(one.file))
    .map((one) => one.says ?? '')
    .join('')
  return {
    name: group.name,
    files: group.files.length,
    passed,
    failed: failures.length,
    skipped: skips.length,
    seconds,
    failures,
    skips,
    unsteady: [],
    printed: failures.length > 0 ? `${printed}${end.printed}`.slice(-20_000) : '',
  }
}
