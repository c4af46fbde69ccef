import { createHash } from 'node:crypto'
import type { TranscriptEvent, TranscriptLine } from '../../contract/attempts.ts'
import { CHAIN_START, lineHash } from '../../core/evaluation/attempt/transcript-chain.ts'

const MOST_LINES = 64
const MOST_CHARACTERS = 256 << 10

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** The transcript of one attempt, begun again or not: a chain of lines that are passed on in pieces as they come. */
export class Transcript {
  readonly #pass: (lines: readonly TranscriptLine[]) => Promise<void>
  readonly #now: () => number
  #held: TranscriptLine[] = []
  #characters = 0
  #n = 0
  #hash = CHAIN_START

  constructor(pass: (lines: readonly TranscriptLine[]) => Promise<void>, now: () => number) {
    this.#pass = pass
    this.#now = now
  }

  /** Hash of the last line: it stands for the whole. */
  get head(): string {
    return this.#hash
  }

  /** Adds an event; waits where whoever reads is slow. */
  async add(event: TranscriptEvent): Promise<void> {
    const line = { n: this.#n++, at: this.#now(), event }
    this.#hash = lineHash(this.#hash, line, sha256)
    this.#held.push({ ...line, hash: this.#hash })
    this.#characters += sizeOf(event)
    if (this.#held.length >= MOST_LINES || this.#characters >= MOST_CHARACTERS) await this.flush()
  }

  async flush(): Promise<void> {
    const lines = this.#held
    this.#held = []
    this.#characters = 0
    if (lines.length > 0) await this.#pass(lines)
  }
}

function sizeOf(event: TranscriptEvent): number {
  if (event.kind === 'call') return event.input.length
  return event.kind === 'result' ? event.output.length : event.text.length
}
