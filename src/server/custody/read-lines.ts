import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { CustodyAnswer, CustodyEvent } from '../../contract/custody.ts'

/** Hands over each line of a custodian's standard output that is an answer or an event; others are dropped. */
export function readLines(output: Readable, take: (line: CustodyAnswer | CustodyEvent) => void): void {
  output.on('error', () => {})
  createInterface({ input: output }).on('line', (text) => {
    const line = read(text)
    if (line !== null) take(line)
  })
}

function read(text: string): CustodyAnswer | CustodyEvent | null {
  try {
    const line = JSON.parse(text) as { n?: unknown; did?: unknown; event?: unknown } | null
    if (typeof line !== 'object' || line === null) return null
    const isAnswer = typeof line.n === 'number' && typeof line.did === 'string'
    return isAnswer || typeof line.event === 'string' ? (line as unknown as CustodyAnswer | CustodyEvent) : null
  } catch {
    return null
  }
}
