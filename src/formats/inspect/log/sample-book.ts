import { inertText } from '../import-finding.ts'
import type { Reading } from './reading.ts'
import { type SampleRow, sampleName } from './sample-row.ts'

/** The samples of one log, one row for each sample and epoch: of two the later one. */
export class SampleBook {
  private readonly rows = new Map<string, SampleRow>()
  private surplus = 0
  private readonly reading: Reading

  constructor(reading: Reading) {
    this.reading = reading
  }

  add(row: SampleRow): void {
    const name = sampleName(row.id, row.epoch)
    if (this.rows.has(name))
      this.reading.findings.tell('sample.twice', inertText(name), 'The sample stands twice; the later one counts.')
    else if (this.rows.size >= this.reading.limits.samples) {
      this.surplus++
      return
    }
    this.rows.set(name, row)
  }

  /** Adds what a summary says of a sample that the log has nothing else of. */
  addSummary(row: SampleRow): boolean {
    if (this.rows.has(sampleName(row.id, row.epoch))) return false
    this.add(row)
    return true
  }

  /** Whether everything that counts was kept. */
  get isWhole(): boolean {
    return this.surplus === 0 && this.reading.detail.scores >= 0
  }

  list(): readonly SampleRow[] {
    const { findings, limits, detail } = this.reading
    if (this.surplus > 0) {
      findings.tell('sample.too-many', '', `Samples beyond the ${limits.samples} that are read: ${this.surplus}.`)
    }
    if (detail.left < 0) findings.tell('detail.too-much', '', 'The samples state more metadata and edits than is kept.')
    if (detail.scores < 0)
      findings.tell('detail.too-much', '', 'The samples have more scores than are kept; some count as missing.')
    return [...this.rows.values()]
  }
}
