import type { Kept, Walked } from '../../json/wanted.ts'
import type { ItemSink } from '../item-sink.ts'
import type { BomPart, ItemTaker } from './bom-part.ts'

/** Hands the items of a walk to the parts that know them, and its faults to the sink. */
export class PartsWalked implements Walked {
  private readonly sink: ItemSink
  private readonly takers = new Map<string, ItemTaker>()
  private readonly prefix: string

  constructor(sink: ItemSink, parts: readonly BomPart[], prefix: string) {
    this.sink = sink
    this.prefix = prefix
    for (const part of parts) for (const [name, taker] of Object.entries(part.takes)) this.takers.set(name, taker)
  }

  item(name: string, value: Kept, place: () => string, key: string): void {
    this.takers.get(name)?.(value, this.prefix === '' ? place : () => this.prefix + place(), key)
  }

  fault(why: 'type' | 'large', place: string, said: string): void {
    this.sink.unmatched(why === 'type' ? 'wrong-shape' : 'too-large', this.prefix + place, said)
  }

  broken(what: string, place: string, unsafe = false): void {
    const code = unsafe ? 'inventory.unsafe-xml' : 'inventory.broken'
    this.sink.refuse(code, this.prefix + place, `The document cannot be read on: ${what}. What came before was read.`)
  }

  piece(): void {}
}
