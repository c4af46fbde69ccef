/** One record, by the line on which it begins (from 1). */
export interface CsvRecord {
  readonly line: number
  readonly cells: readonly string[]
}

export interface CsvWrong {
  readonly what: 'quote' | 'cell-too-long' | 'too-many-cells' | 'open-quote'
  readonly line: number
  /** Cell of the record, from 1. */
  readonly cell: number
}

const QUOTE = 0x22
const LF = 0x0a
const CR = 0x0d
const SEPARATORS = [0x2c, 0x3b, 0x09]

type State = 'begin' | 'plain' | 'quoted' | 'quote-in-quoted'

/**
 * Cuts comma-separated values (RFC 4180) into records, over chunks of any size. Also takes bare CR and LF, and semicolons or tabs where
 * one of them comes first. Empty lines are no records. A quote out of place is told and taken as it stands. Memory: one record.
 */
export class CsvReader {
  private readonly take: (record: CsvRecord) => void
  private readonly tell: (wrong: CsvWrong) => void
  private readonly cellBytes: number
  private readonly mostCells: number
  private separator = -1
  private state: State = 'begin'
  private buffer = new Uint8Array(256)
  private length = 0
  private cut = false
  private cells: string[] = []
  private line = 1
  private recordLine = 1
  private afterCr = false

  constructor(
    limits: { readonly cellBytes: number; readonly columns: number },
    take: (record: CsvRecord) => void,
    tell: (wrong: CsvWrong) => void,
  ) {
    this.cellBytes = limits.cellBytes
    this.mostCells = limits.columns
    this.take = take
    this.tell = tell
  }

  push(chunk: Uint8Array): void {
    for (let i = 0; i < chunk.length; i++) this.byte(chunk[i]!)
  }

  end(): void {
    if (this.state === 'quoted') this.wrong('open-quote')
    if (this.state !== 'begin' || this.cells.length > 0) this.endRecord()
  }

  private byte(c: number): void {
    if (c === LF && this.afterCr) {
      this.afterCr = false
      if (this.state === 'quoted') this.add(c)
      return
    }
    this.afterCr = c === CR
    if (c === LF || c === CR) this.line++
    if (this.state === 'quoted') {
      if (c === QUOTE) this.state = 'quote-in-quoted'
      else this.add(c)
      return
    }
    if (this.state === 'quote-in-quoted' && c === QUOTE) {
      this.add(c)
      this.state = 'quoted'
      return
    }
    if (this.separator < 0 && SEPARATORS.includes(c)) this.separator = c
    if (c === this.separator) this.endCell('begin')
    else if (c === LF || c === CR) this.endLine()
    else if (c === QUOTE && this.state === 'begin' && this.length === 0) this.state = 'quoted'
    else {
      if (c === QUOTE || this.state === 'quote-in-quoted') this.wrong('quote')
      this.state = 'plain'
      this.add(c)
    }
  }

  private endLine(): void {
    if (this.state !== 'begin' || this.cells.length > 0) this.endRecord()
    this.recordLine = this.line
  }

  private endRecord(): void {
    this.endCell('begin')
    const cells = this.cells
    this.cells = []
    if (cells.length > this.mostCells) cells.length = this.mostCells
    this.take({ line: this.recordLine, cells })
  }

  private endCell(next: State): void {
    if (this.cut) this.wrong('cell-too-long')
    if (this.cells.length === this.mostCells) this.wrong('too-many-cells')
    // One beyond the most is enough to know.
    if (this.cells.length <= this.mostCells) this.cells.push(new TextDecoder().decode(this.buffer.subarray(0, this.length)))
    this.length = 0
    this.cut = false
    this.state = next
  }

  private add(c: number): void {
    if (this.length >= this.cellBytes) {
      this.cut = true
      return
    }
    if (this.length === this.buffer.length) {
      const wider = new Uint8Array(2 * this.length)
      wider.set(this.buffer)
      this.buffer = wider
    }
    this.buffer[this.length++] = c
  }

  private wrong(what: CsvWrong['what']): void {
    this.tell({ what, line: this.line, cell: this.cells.length + 1 })
  }
}
