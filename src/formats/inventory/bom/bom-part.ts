import type { Kept } from '../../json/wanted.ts'
import type { ItemSink } from '../item-sink.ts'

/** Takes one item of a document; `key` is the key or index it stood under. */
export type ItemTaker = (value: Kept, place: () => string, key: string) => void

/** What one format makes of the items of a document that it knows by their names. */
export interface BomPart {
  readonly takes: Readonly<Record<string, ItemTaker>>
  /** Gives what was held until everything was seen. */
  end(): void
}

export type PartMaker = (sink: ItemSink) => BomPart
