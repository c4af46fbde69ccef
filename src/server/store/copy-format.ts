// PostgreSQL's binary COPY format, written into one growing buffer: rows come by the hundred thousand, and a small object for
// every field would cost more than the field.

// PostgreSQL counts microseconds from 2000-01-01.
const EPOCH_2000_MS = 946_684_800_000
const HEADER = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])

/** Types of columns as `CopyWriter` writes them. */
export type ColumnType = 'text' | 'bytea' | 'int2' | 'int4' | 'real' | 'timestamptz' | 'textArray' | 'int8Array' | 'jsonb'

const TEXT_OID = 25
const INT8_OID = 20

export class CopyWriter {
  #bytes = Buffer.allocUnsafe(1 << 20)
  #at = 0

  constructor() {
    this.#put(HEADER)
  }

  /** Bytes held. */
  get length(): number {
    return this.#at
  }

  startRow(columns: number): void {
    this.#room(2)
    this.#at = this.#bytes.writeInt16BE(columns, this.#at)
  }

  /** Ends the data. */
  end(): void {
    this.#room(2)
    this.#at = this.#bytes.writeInt16BE(-1, this.#at)
  }

  /** What was written since the last take; the writer goes on empty. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#at)
    this.#bytes = Buffer.allocUnsafe(1 << 20)
    this.#at = 0
    return taken
  }

  field(type: ColumnType, value: unknown): void {
    if (value === null || value === undefined) {
      this.#int4(-1)
      return
    }
    switch (type) {
      case 'text':
        this.#sized(() => this.#text(value as string))
        break
      case 'bytea':
        this.#sized(() => this.#put(value as Buffer))
        break
      case 'int2':
        this.#int4(2)
        this.#room(2)
        this.#at = this.#bytes.writeInt16BE(value as number, this.#at)
        break
      case 'int4':
        this.#int4(4)
        this.#int4(value as number)
        break
      case 'real':
        this.#int4(4)
        this.#room(4)
        this.#at = this.#bytes.writeFloatBE(value as number, this.#at)
        break
      case 'timestamptz':
        this.#int4(8)
        this.#int8(BigInt((value as number) - EPOCH_2000_MS) * 1000n)
        break
      case 'textArray':
        this.#array(TEXT_OID, value as readonly string[], (text) => this.#sized(() => this.#text(text)))
        break
      case 'int8Array':
        this.#array(INT8_OID, value as readonly string[], (text) => {
          this.#int4(8)
          this.#int8(BigInt(text))
        })
        break
      case 'jsonb':
        // A version byte and the text.
        this.#sized(() => {
          this.#put(Buffer.from([1]))
          this.#text(JSON.stringify(value))
        })
    }
  }

  #array(oid: number, items: readonly string[], write: (item: string) => void): void {
    this.#sized(() => {
      this.#int4(items.length === 0 ? 0 : 1)
      this.#int4(0)
      this.#int4(oid)
      if (items.length === 0) return
      this.#int4(items.length)
      this.#int4(1)
      for (const item of items) write(item)
    })
  }

  /** Writes the length of what `write` writes before it. */
  #sized(write: () => void): void {
    this.#int4(0)
    const from = this.#at
    write()
    this.#bytes.writeInt32BE(this.#at - from, from - 4)
  }

  #text(text: string): void {
    // At most three bytes a UTF-16 unit.
    this.#room(text.length * 3)
    this.#at += this.#bytes.write(text, this.#at, 'utf8')
  }

  #put(bytes: Uint8Array): void {
    this.#room(bytes.length)
    this.#bytes.set(bytes, this.#at)
    this.#at += bytes.length
  }

  #int4(value: number): void {
    this.#room(4)
    this.#at = this.#bytes.writeInt32BE(value, this.#at)
  }

  #int8(value: bigint): void {
    this.#room(8)
    this.#at = this.#bytes.writeBigInt64BE(value, this.#at)
  }

  #room(more: number): void {
    if (this.#at + more <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + more))
    this.#bytes.copy(larger, 0, 0, this.#at)
    this.#bytes = larger
  }
}
