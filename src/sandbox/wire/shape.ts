import {
  ENTRY_NAME,
  type ExecSpec,
  type FillLimits,
  type Mount,
  type OpenSpec,
  type RunSpec,
} from '../../core/sandbox/contract.ts'
import { type Limits, RUN_LIMITS } from '../../core/sandbox/limits.ts'
import { type Floor, type Network, TIERS } from '../../core/sandbox/tier.ts'
import { Refused } from '../refused.ts'

// Parsers of what stands in requests. The asker is a process of ours, and still nothing is taken on trust: each says which field.

const MOST_WORDS = 10_000
const MOST_MOUNTS = 64
const MOST_PATH = 4096
const MOST_WORD = 1 << 17
/** Above these no machine of ours goes; they keep sums and timers in range. */
const MOST_LIMITS: Limits = {
  wallMs: 86_400_000,
  cpuSeconds: 86_400,
  memoryBytes: 2 ** 40,
  processes: 32_768,
  diskBytes: 2 ** 40,
  files: 10_000_000,
  outputBytes: 64 << 20,
  resultBytes: 2 ** 36,
}
const WRITABLE = /^\/(?:work|in|tmp|out|dev\/shm)(?:\/|$)/
const MOUNTABLE = /^\/(?:(?:work|in|src)\/.|(?:srv|solve)(?:\/|$))/

type Fields = Readonly<Record<string, unknown>>

export function bad(say: string): Refused {
  return new Refused('sandbox.bad-request', say)
}

export function fields(value: unknown, name: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad(`${name} is not an object`)
  return value as Fields
}

/** A whole number of at least `least` and at most `most`. */
export function whole(value: unknown, name: string, least: number, most: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least || value > most)
    throw bad(`${name} is not a whole number from ${least} to ${most}`)
  return value
}

export function entry(value: unknown, name: string): string {
  if (typeof value !== 'string' || !ENTRY_NAME.test(value)) throw bad(`${name} is not the name of a tree`)
  return value
}

/** An absolute path without empty, `.` or `..` parts; `/` itself only where said. */
export function path(value: unknown, name: string): string {
  const text = word(value, name)
  const parts = text.slice(1).split('/')
  if (!text.startsWith('/') || text.length > MOST_PATH) throw bad(`${name} is not an absolute path`)
  if (text !== '/' && parts.some((part) => part === '' || part === '.' || part === '..'))
    throw bad(`${name} is not a plain absolute path`)
  return text
}

export function writable(value: unknown, name: string): string {
  const text = path(value, name)
  if (!WRITABLE.test(text)) throw bad(`${name} is below no writable place`)
  return text
}

function word(value: unknown, name: string): string {
  if (typeof value !== 'string' || value.includes('\0') || value.length > MOST_WORD || !value.isWellFormed())
    throw bad(`${name} is not a text without NUL of at most ${MOST_WORD} characters`)
  return value
}

export function list<T>(value: unknown, name: string, most: number, one: (value: unknown, name: string) => T): readonly T[] {
  if (!Array.isArray(value) || value.length > most) throw bad(`${name} is not a list of at most ${most}`)
  return value.map((item, n) => one(item, `${name}[${n}]`))
}

function limits(value: unknown): Limits {
  const given = fields(value, 'limits')
  const out = { ...RUN_LIMITS }
  for (const name of Object.keys(MOST_LIMITS) as (keyof Limits)[])
    out[name] = whole(given[name], `limits.${name}`, 1, MOST_LIMITS[name])
  return out
}

function network(value: unknown): Network {
  if (value === 'none' || value === 'own-loopback') return value
  return { hosts: list(fields(value, 'network').hosts, 'network.hosts', 100, word) }
}

function mount(value: unknown, name: string): Mount {
  const given = fields(value, name)
  const at = path(given['at'], `${name}.at`)
  if (!MOUNTABLE.test(at)) throw bad(`${name}.at is not below /src, /in or /work, nor at /srv or /solve`)
  return { entry: entry(given['entry'], `${name}.entry`), at }
}

export function openSpec(value: unknown): OpenSpec {
  const given = fields(value, 'spec')
  const floor = TIERS.find((tier) => tier === given['floor'])
  if (floor === undefined) throw bad('spec.floor is no tier')
  return {
    limits: limits(given['limits']),
    network: network(given['network']),
    floor: floor satisfies Floor,
    image: given['image'] === null ? null : entry(given['image'], 'spec.image'),
    mounts: list(given['mounts'], 'spec.mounts', MOST_MOUNTS, mount),
  }
}

export function execSpec(value: unknown): ExecSpec {
  const given = fields(value, 'spec')
  const argv = list(given['argv'], 'spec.argv', MOST_WORDS, word)
  if (argv.length === 0 || argv[0] === '') throw bad('spec.argv names no program')
  const env = Object.entries(fields(given['env'], 'spec.env'))
  if (env.length > MOST_WORDS) throw bad('spec.env holds too much')
  const wallMs = given['wallMs'] === undefined ? {} : { wallMs: whole(given['wallMs'], 'spec.wallMs', 1, MOST_LIMITS.wallMs) }
  for (const [name] of env) if (!/^[A-Za-z_][A-Za-z0-9_]{0,255}$/.test(name)) throw bad('spec.env has a name that is none')
  return {
    argv,
    env: Object.fromEntries(env.map(([name, text]) => [name, word(text, `spec.env.${name}`)])),
    cwd: path(given['cwd'], 'spec.cwd'),
    ...wallMs,
  }
}

export function fillLimits(value: unknown): FillLimits {
  const given = fields(value, 'limits')
  return {
    bytes: whole(given['bytes'], 'limits.bytes', 1, MOST_LIMITS.resultBytes),
    files: whole(given['files'], 'limits.files', 1, MOST_LIMITS.files),
  }
}

export function runSpec(value: unknown): RunSpec {
  const given = fields(value, 'spec')
  const keep = given['keep'] === null ? null : fields(given['keep'], 'spec.keep')
  return {
    open: openSpec(given['open']),
    put: whole(given['put'], 'spec.put', 0, MOST_LIMITS.resultBytes),
    exec: execSpec(given['exec']),
    stdin: whole(given['stdin'], 'spec.stdin', 0, MOST_LIMITS.resultBytes),
    get: list(given['get'], 'spec.get', 100, path),
    keep: keep === null ? null : { path: path(keep['path'], 'spec.keep.path'), entry: entry(keep['entry'], 'spec.keep.entry') },
  }
}
