// The plan of the driver that runs inside the sandbox (src/sandbox/inside/driver.mjs) and its report. Plan: JSON on standard
// input. Report: JSON at DRIVE_REPORT when everything it started is gone. What it drives runs as the same user in the same
// sandbox and could forge the report; so one run of a command is asked for without it, and its report is parsed as hostile.

export interface DrivePlan {
  /** Milliseconds after which no further item is begun. */
  readonly budgetMs: number
  /** Bytes kept of each stream of one item: the first and the last half where there is more. */
  readonly keepBytes: number
  readonly env: Readonly<Record<string, string>>
  /** Copied to /work/src once before the first item; null: it is mounted there. */
  readonly copyTree: string | null
  readonly items: readonly DriveItem[]
}

export interface DriveItem {
  /** Files put in place before it starts, out of the staging folder. */
  readonly lay: readonly { readonly from: string; readonly to: string }[]
  readonly argv: readonly string[]
  /** File that comes on standard input; null: none. */
  readonly stdin: string | null
  readonly wallMs: number
  /** A file to look for afterwards. */
  readonly look: string | null
  /** Null: a command that ends by itself. */
  readonly server: DriveServer | null
}

export interface DriveServer {
  readonly port: number
  readonly readyMs: number
  readonly stop: string
  /** Files whose bytes are sent, one connection each. */
  readonly requests: readonly string[]
  /** Milliseconds an answer may take. */
  readonly waitMs: number
  /** Folder whose files count as standard error: where sanitizers write. */
  readonly logs: string
}

export interface DriveResult {
  /** `not-begun`: the budget was used up. `not-ready`: a server that accepted no connection in time. */
  readonly how: 'ended' | 'wall-time' | 'not-begun' | 'not-ready' | 'not-started'
  readonly exit: number | null
  readonly signal: string | null
  /** A server: it ended before it was asked to. */
  readonly died: boolean
  readonly found: boolean
  readonly stdout: Uint8Array
  readonly stderr: Uint8Array
  /** A server: what its sanitizers wrote to files of their own. */
  readonly logs: Uint8Array
  /** What each connection answered, in order. */
  readonly answers: readonly Uint8Array[]
}

const HOWS = new Set(['ended', 'wall-time', 'not-begun', 'not-ready', 'not-started'])

/** Reads a report of `items` results. Hostile input: null where it is anything else. */
export function parseReport(bytes: Uint8Array, items: number): DriveResult[] | null {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8').decode(bytes))
  } catch {
    return null
  }
  const list = isRecord(value) ? value['results'] : null
  if (!Array.isArray(list) || list.length !== items) return null
  const out: DriveResult[] = []
  for (const one of list) {
    const result = parseResult(one)
    if (result === null) return null
    out.push(result)
  }
  return out
}

function parseResult(one: unknown): DriveResult | null {
  if (!isRecord(one) || typeof one['how'] !== 'string' || !HOWS.has(one['how'])) return null
  const exit = one['exit']
  const signal = one['signal']
  const answers = one['answers']
  return {
    how: one['how'] as DriveResult['how'],
    exit: typeof exit === 'number' && Number.isInteger(exit) ? exit : null,
    signal: typeof signal === 'string' && /^SIG[A-Z0-9+]{1,12}$/.test(signal) ? signal : null,
    died: one['died'] === true,
    found: one['found'] === true,
    stdout: fromBase64(one['stdout']),
    stderr: fromBase64(one['stderr']),
    logs: fromBase64(one['logs']),
    answers: Array.isArray(answers) ? answers.slice(0, 1000).map(fromBase64) : [],
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES = new Uint8Array(128).fill(255)
for (let i = 0; i < 64; i++) VALUES[ALPHABET.charCodeAt(i)] = i

/** Bytes of base64; what stands after the first character that is none is left out. */
function fromBase64(value: unknown): Uint8Array {
  if (typeof value !== 'string') return new Uint8Array()
  const out = new Uint8Array(Math.floor((value.length * 3) / 4))
  let at = 0
  let held = 0
  let bits = 0
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    const six = code < 128 ? VALUES[code]! : 255
    if (six === 255) break
    held = ((held << 6) | six) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    out[at++] = (held >> bits) & 255
  }
  return out.subarray(0, at)
}
