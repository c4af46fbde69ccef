import { ENDPOINT_APIS, type Endpoint } from '../../contract/custody.ts'
import type { CustodyWindow, Latch } from '../../core/docket/custody-window.ts'
import { isPlain, parseLatch, parseWindow, readJson } from './parse.ts'

/** Answers of the first probe as digests of their tokens, one list per prompt. */
export interface Baseline {
  readonly fingerprint: string
  /** Hex; tokens are digested with it, so that short answers cannot be guessed from the record. */
  readonly salt: string
  readonly tokens: readonly (readonly string[])[]
}

/** Where the sealed key lies, and which identity opens it. */
export interface SealedKey {
  readonly file: string
  readonly identity: string
}

/** What is kept of a docket beside its sealed key and its log. */
export interface DocketRecord {
  readonly docket: string
  /** Null once erased, both. */
  readonly key: SealedKey | null
  readonly endpoint: Endpoint | null
  readonly window: CustodyWindow | null
  readonly latch: Latch | null
  readonly erased: boolean
  /** Purpose → SHA-256 of the grant, hex. */
  readonly grants: ReadonlyMap<string, string>
  readonly baseline: Baseline | null
  /** How many entries the log had, and the hash of the last, when this was written: it may have more, never fewer. */
  readonly entries: number
  readonly head: string
}

/** The record as bytes of a file. */
export function writeRecord(record: DocketRecord): Uint8Array {
  return Buffer.from(JSON.stringify({ v: 1, ...record, grants: [...record.grants] }))
}

/** Reads a record back; null where it is none, or another docket's. */
export function readRecord(bytes: Uint8Array, docket: string): DocketRecord | null {
  const value = readJson(Buffer.from(bytes).toString('utf8'))
  if (!isPlain(value) || value['v'] !== 1 || value['docket'] !== docket) return null
  const { entries, head, erased } = value
  const key = parseKey(value['key'])
  const endpoint = value['endpoint'] === null ? null : parseEndpoint(value['endpoint'])
  const window = parseWindow(value['window'])
  const latch = parseLatch(value['latch'])
  const baseline = parseBaseline(value['baseline'])
  const grants = parseGrants(value['grants'])
  if (key === null && value['key'] !== null) return null
  if (endpoint === null && value['endpoint'] !== null) return null
  if (window === null && value['window'] !== null) return null
  if (latch === null && value['latch'] !== null) return null
  if (baseline === null && value['baseline'] !== null) return null
  if (grants === null || !Number.isSafeInteger(entries) || typeof head !== 'string' || typeof erased !== 'boolean') return null
  return { docket, key, endpoint, window, latch, erased, grants, baseline, entries: entries as number, head }
}

/** An endpoint of the right shape; whether it may be called is judged elsewhere. */
export function parseEndpoint(value: unknown): Endpoint | null {
  if (!isPlain(value)) return null
  const { base, model, spki } = value
  const api = ENDPOINT_APIS.find((one) => one === value['api'])
  if (api === undefined || typeof base !== 'string' || base.length > 1000) return null
  if (typeof model !== 'string' || model === '' || model.length > 200) return null
  if (spki !== null && (typeof spki !== 'string' || !/^[0-9a-f]{64}$/.test(spki))) return null
  return { api, base, model, spki }
}

function parseKey(value: unknown): SealedKey | null {
  if (!isPlain(value)) return null
  const { file, identity } = value
  return typeof file === 'string' && typeof identity === 'string' ? { file, identity } : null
}

function parseGrants(value: unknown): Map<string, string> | null {
  if (!Array.isArray(value)) return null
  const grants = new Map<string, string>()
  for (const pair of value as unknown[]) {
    if (!Array.isArray(pair) || typeof pair[0] !== 'string' || typeof pair[1] !== 'string') return null
    grants.set(pair[0], pair[1])
  }
  return grants
}

function parseBaseline(value: unknown): Baseline | null {
  if (!isPlain(value)) return null
  const { fingerprint, salt, tokens } = value
  if (typeof fingerprint !== 'string' || typeof salt !== 'string' || !Array.isArray(tokens)) return null
  const texts = (list: unknown) => Array.isArray(list) && list.every((one) => typeof one === 'string')
  return tokens.every(texts) ? { fingerprint, salt, tokens: tokens as string[][] } : null
}
