import type { ExecEnd, OpenSpec } from '../../src/core/sandbox/contract.ts'
import { type Limits, limitsWithin, RUN_LIMITS } from '../../src/core/sandbox/limits.ts'
import type { Network } from '../../src/core/sandbox/tier.ts'
import type { TestSandbox } from '../../src/devkit/sandbox.ts'

/** What a run inside came to. */
export interface Ran {
  readonly end: ExecEnd
  readonly stdout: string
  readonly stderr: string
  readonly dropped: { readonly stdout: number; readonly stderr: number }
  readonly wallMs: number
  /** The archive of what was asked for. */
  readonly got: Uint8Array
  readonly leftOut: readonly string[]
  /** The whole answer, as it stood on the wire. */
  readonly wire: string
}

export interface RunAsk {
  readonly limits?: Partial<Limits>
  readonly network?: Network
  readonly get?: readonly string[]
  readonly keep?: { readonly path: string; readonly entry: string }
  readonly put?: Uint8Array
  readonly cwd?: string
}

const LIMITS: Limits = {
  ...RUN_LIMITS,
  wallMs: 8000,
  memoryBytes: 256 << 20,
  processes: 48,
  diskBytes: 32 << 20,
  outputBytes: 1 << 20,
}

export function openSpec(ask: RunAsk): OpenSpec {
  return {
    limits: limitsWithin(ask.limits ?? {}, LIMITS, { ...LIMITS, memoryBytes: 1 << 30, wallMs: 20_000, resultBytes: 1 << 30 }),
    network: ask.network ?? 'none',
    floor: 'namespace-user',
    image: null,
    mounts: [{ entry: 'kit', at: '/in/kit' }],
  }
}

let boxes = 0

/** A name that no other sandbox of this process has. */
export function boxName(): string {
  return `escape-${++boxes}`
}

/** Runs the kit's program inside, once. */
export async function runInside(sandbox: TestSandbox, argv: readonly string[], ask: RunAsk = {}): Promise<Ran> {
  const put = ask.put ?? new Uint8Array()
  const { answer, bytes } = await sandbox.ask(
    {
      do: 'run',
      box: boxName(),
      spec: {
        open: openSpec(ask),
        put: put.length,
        exec: { argv: ['/in/kit/attempts', ...argv], env: {}, cwd: ask.cwd ?? '/work' },
        stdin: 0,
        get: ask.get ?? [],
        keep: ask.keep ?? null,
      },
    },
    put,
  )
  if (answer.did !== 'ran') throw new Error(`the sandbox answered ${JSON.stringify(answer)}`)
  return {
    ...answer,
    stdout: latin(bytes.subarray(0, answer.stdout)),
    stderr: latin(bytes.subarray(answer.stdout, answer.stdout + answer.stderr)),
    got: bytes.subarray(answer.stdout + answer.stderr, answer.stdout + answer.stderr + answer.got),
    wire: JSON.stringify(answer),
  }
}

/** A sandbox that stays open for several programs. */
export async function openBox(sandbox: TestSandbox, ask: RunAsk = {}) {
  const box = boxName()
  const opened = await sandbox.ask({ do: 'open', box, spec: openSpec(ask) })
  if (opened.answer.did !== 'opened') throw new Error(`open: ${JSON.stringify(opened.answer)}`)
  return {
    exec: async (argv: readonly string[], cwd = '/work') => {
      const spec = { argv: ['/in/kit/attempts', ...argv], env: {}, cwd }
      const { answer, bytes } = await sandbox.ask({ do: 'exec', box, spec })
      if (answer.did !== 'executed') throw new Error(`exec: ${JSON.stringify(answer)}`)
      return { ...answer, text: latin(bytes.subarray(0, answer.stdout)), errors: latin(bytes.subarray(answer.stdout)) }
    },
    get: async (path: string) => {
      const { answer, bytes } = await sandbox.ask({ do: 'get', box, path })
      return { answer, bytes }
    },
    keep: async (path: string, entry: string) => (await sandbox.ask({ do: 'keep', box, path, entry })).answer,
    put: async (at: string, archive: Uint8Array) => (await sandbox.ask({ do: 'put', box, at }, archive)).answer,
    close: async () => (await sandbox.ask({ do: 'close', box })).answer,
  }
}

function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}
