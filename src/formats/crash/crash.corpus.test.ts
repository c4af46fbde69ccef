import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { crashState } from '../../core/findings/frames/crash-state.ts'
import { projectFrames } from '../../core/findings/frames/project-frames.ts'
import { parseCrashText } from './crash-text.ts'

const FOLDER = `${process.env['WEIR_CORPUS'] ?? ''}/dedup`
const SKIP =
  process.env['WEIR_CORPUS'] !== undefined && existsSync(`${FOLDER}/golden-traces.jsonl.gz`)
    ? false
    : 'WEIR_CORPUS is not set: real crash traces are not read'

// Reached so far; raise them when the readers get better, never lower them.
const STATES = 101
const TYPES = 118

interface Golden {
  readonly trace: string
  readonly env: Readonly<Record<string, string>>
  readonly expected_type: string | null
  readonly expected_state: string
}

function lines<T>(name: string): T[] {
  const text = gunzipSync(readFileSync(`${FOLDER}/${name}`)).toString()
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T)
}

test('golden traces: states and types at least as good as before', { skip: SKIP }, (t) => {
  const golden = lines<Golden>('golden-traces.jsonl.gz')
  let states = 0
  let types = 0
  for (const one of golden) {
    const reading = parseCrashText(one.trace)
    let { type, state } = reading ? crashState(reading) : { type: '', state: [] as readonly string[] }
    // Settings of the system the traces come from, not of the trace: whether such crashes are reported, and the target's name.
    if (type === 'Out-of-memory' || type === 'Timeout') {
      if (one.env['REPORT_OOMS_AND_HANGS'] === undefined) [type, state] = ['', []]
      else if (one.env['FUZZ_TARGET'] !== undefined) state = [one.env['FUZZ_TARGET']]
    }
    const shown = state.length === 0 && type !== '' ? 'NULL' : state.join('\n')
    if (shown === one.expected_state.trim()) states++
    if (one.expected_type === null || type === one.expected_type) types++
  }
  t.diagnostic(`${golden.length} traces: ${states} states, ${types} types exact`)
  assert.ok(states >= STATES && types >= TYPES, `${states} states, ${types} types`)
})

test('sanitizer reports of one program: all read, and the first project frame tells their flaws apart', { skip: SKIP }, (t) => {
  const flaws = new Map(lines<{ id: string; flaw: string }>('crash-labels.jsonl.gz').map((one) => [one.id, one.flaw]))
  const keys: { key: string; flaw: string }[] = []
  for (const { id, trace } of lines<{ id: string; trace: string }>('crash-traces.jsonl.gz')) {
    const reading = parseCrashText(trace)
    assert.ok(reading && reading.stack.length > 0, id)
    // `unfixed`: no single reference fix stops the crash, so its flaw is not known.
    const flaw = flaws.get(id) ?? 'unfixed'
    if (flaw !== 'unfixed') keys.push({ key: projectFrames(reading.stack)[0]?.symbol ?? id, flaw })
  }
  let both = 0
  let sameKey = 0
  let sameFlaw = 0
  for (let i = 0; i < keys.length; i++) {
    for (let j = 0; j < i; j++) {
      const key = keys[i]!.key === keys[j]!.key
      const flaw = keys[i]!.flaw === keys[j]!.flaw
      if (key && flaw) both++
      if (key) sameKey++
      if (flaw) sameFlaw++
    }
  }
  const precision = both / sameKey
  const recall = both / sameFlaw
  t.diagnostic(`${keys.length} traces with a known flaw: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`)
  assert.ok(precision >= 0.99 && recall >= RECALL, `${precision} ${recall}`)
})

// One of the flaws crashes in two functions of the program, so one frame alone cannot reach more.
const RECALL = 0.76
