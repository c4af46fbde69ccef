import { createHash } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import type { ExecEnd } from '../../core/sandbox/contract.ts'
import type { Ran, RunAsk } from '../../core/validation/ask.ts'
import { DRIVE_REPORT } from '../../core/validation/run/places.ts'
import { reportText } from './report-text.ts'

const MOST_LOG = 32 << 20
const MOST_FILE = 64 << 10
const NONE = new Uint8Array()
const TEXT = /\.(?:log|txt|out|err)$/

/**
 * The log of a job. The raw one is a file of at most 32 MiB: each run with its purpose, end and output. The normalised one is a
 * digest: purpose, end and output of each run with what differs by chance taken out. Builds are no part of it: one that is found
 * built already prints nothing, and its tree has a digest of its own. Neither are runs that go by the clock.
 */
export class LogBook {
  readonly #file: number
  readonly #raw = createHash('sha256')
  readonly #normal = createHash('sha256')
  readonly #normalise: (text: string) => string
  #written = 0
  #seconds = 0

  constructor(path: string, normalise: (text: string) => string) {
    this.#file = openSync(path, 'wx', 0o600)
    this.#normalise = normalise
  }

  /** Sandbox seconds of all runs so far. */
  get seconds(): number {
    return this.#seconds
  }

  add(ask: RunAsk, ran: Ran): void {
    this.#seconds += ran.wallMs / 1000
    const end = endOf(ran.end)
    this.#write(Buffer.from(`== ${oneLine(ask.purpose)} -- ${end}, ${(ran.wallMs / 1000).toFixed(3)} s\n`))
    this.#stream('standard output', ran.stdout)
    this.#stream('standard error', ran.stderr)
    const report = ran.got.get(DRIVE_REPORT)
    const driven = report === undefined ? NONE : Buffer.from(reportText(report))
    this.#stream('what the driver saw', driven)
    for (const [path, bytes] of ran.got) if (TEXT.test(path)) this.#stream(path, bytes.subarray(0, MOST_FILE))
    if (ran.dropped) this.#write(Buffer.from('-- more output was dropped\n'))
    if (ask.keep !== null || ask.byTheClock === true) return
    this.#normal.update(`${ask.purpose}\0${end}\0`)
    for (const bytes of [ran.stdout, ran.stderr, driven]) this.#normal.update(`${this.#normalise(decode(bytes))}\0`)
  }

  /** Closes the file; both digests in hex. */
  end(): { readonly raw: string; readonly normalised: string } {
    closeSync(this.#file)
    return { raw: this.#raw.digest('hex'), normalised: this.#normal.digest('hex') }
  }

  #stream(name: string, bytes: Uint8Array): void {
    if (bytes.length === 0) return
    this.#write(Buffer.from(`-- ${oneLine(name)}\n`))
    this.#write(bytes)
    if (bytes.at(-1) !== 10) this.#write(Buffer.from('\n'))
  }

  #write(bytes: Uint8Array): void {
    const room = MOST_LOG - this.#written
    if (room <= 0) return
    const part = bytes.length > room ? Buffer.from('\n== the log is full: nothing more is kept\n') : bytes
    this.#written += bytes.length
    this.#raw.update(part)
    for (let at = 0; at < part.length; ) at += writeSync(this.#file, part, at)
  }
}

/** How a run ended, in a few words. */
export function endOf(end: ExecEnd): string {
  if (end.how !== 'ended') return `stopped: ${end.how}`
  return end.signal === null ? `exit ${end.exit}` : `signal ${end.signal}`
}

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const oneLine = (text: string) => text.replace(/[\x00-\x1f\x7f]/g, '?').slice(0, 300)
