import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HARBOUR } from '../conformance/proof/harbour/judge.ts'
import { goodOnly, matrixMs, type Proved, proveLocally, type Settings } from '../conformance/proof/harbour/weir.ts'
import { type Limits, RUN_LIMITS } from '../src/core/sandbox/limits.ts'
import { type SandboxAsk, startSandbox } from '../src/devkit/sandbox.ts'

// What a sandbox and a proof cost, measured on harbour: a server with fourteen planted bugs and twenty-eight patches.

const STARTS = 200
const LADDER: Settings = { runs: 5, variants: 200, refuzzSeconds: 5 }

export interface ValidationRow {
  readonly bench: string
  readonly [figure: string]: string | number
}

/** Starts of a sandbox, runs of reproducers, the cross matrix and the ladder of every patch; in that order, each when it is there. */
export async function* benchValidation(): AsyncGenerator<ValidationRow> {
  yield await benchStarts()
  for (const [harness, file] of [
    ['server', 'weir-proof.json'],
    ['libfuzzer', 'weir-proof-fuzz.json'],
  ] as const) {
    const state = mkdtempSync(join(tmpdir(), 'weir-bench-'))
    try {
      const ladder = await proveLocally(join(HARBOUR, file), state, ['patch'], LADDER)
      yield ladderRow(harness, ladder)
      yield runsRow(harness, await proveLocally(join(HARBOUR, file), state, ['reproduce'], { runs: 20 }))
      const good = goodOnly(file, state)
      yield matrixRow(harness, await proveLocally(good, state, ['matrix'], { runs: 3, variants: 20, refuzzSeconds: 0 }))
    } finally {
      rmSync(state, { recursive: true, force: true })
    }
  }
}

async function benchStarts(): Promise<ValidationRow> {
  const sandbox = await startSandbox()
  const limits: Limits = RUN_LIMITS
  const times: number[] = []
  let tier = ''
  const must = async (request: SandboxAsk) => {
    const { answer } = await sandbox.ask(request)
    if (answer.did === 'refused') throw new Error(`${answer.code}: ${answer.say}`)
    return answer
  }
  try {
    for (let i = 0; i < STARTS + 5; i++) {
      const box = `b${i}`
      const began = performance.now()
      const opened = await must({
        do: 'open',
        box,
        spec: { limits, network: 'none', floor: 'namespace-user', image: null, mounts: [] },
      })
      await must({ do: 'exec', box, spec: { argv: ['true'], env: {}, cwd: '/work' } })
      await must({ do: 'close', box })
      // The first few also pay for what is made once.
      if (i >= 5) times.push(performance.now() - began)
      if (opened.did === 'opened') tier = opened.tier.says
    }
  } finally {
    await sandbox.stop()
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => Math.round(times[Math.floor(times.length * share)]! * 10) / 10
  return { bench: 'sandbox-start', starts: STARTS, p50Ms: at(0.5), p95Ms: at(0.95), tier }
}

function runsRow(harness: string, { outcome, wallMs }: Proved): ValidationRow {
  const controls = outcome.reproducers[0]?.controls.length ?? 0
  const runs = outcome.reproducers.reduce((sum, one) => sum + one.of, controls)
  const confirmed = outcome.reproducers.filter(({ verdict }) => verdict === 'confirmed').length
  return {
    bench: 'reproducer-runs',
    harness,
    runs,
    confirmed,
    ...seconds(wallMs),
    perHour: Math.round((runs * 3_600_000) / wallMs),
  }
}

function matrixRow(harness: string, proved: Proved): ValidationRow {
  const cells = proved.outcome.matrix?.cells ?? []
  const silent = cells.filter((one) => one.outcome === 'silent').length
  return { bench: 'matrix', harness, cells: cells.length, silent, ...seconds(matrixMs(proved) ?? Number.NaN) }
}

function ladderRow(harness: string, { outcome, wallMs }: Proved): ValidationRow {
  const count = (kind: string, standing: string) =>
    outcome.patches.filter((one) => one.patch.endsWith(kind) && one.standing === standing).length
  return {
    bench: 'ladder',
    harness,
    patches: outcome.patches.length,
    goodValidated: count('-good', 'validated'),
    badRejected: count('-bad', 'rejected'),
    ...seconds(wallMs),
    secondsPerPatch: Math.round(wallMs / outcome.patches.length / 10) / 100,
  }
}

const seconds = (ms: number) => ({ seconds: Math.round(ms / 100) / 10 })
