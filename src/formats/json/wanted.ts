/**
 * What of a document is wanted, as a tree of the same shape (it may hold itself): everything else is passed over and never held.
 * It says the same for JSON and for XML, where elements and attributes are keys, and the elements inside a list its elements.
 */
export interface Wanted {
  /** A string is kept. */
  readonly text?: boolean
  /** With `text`: a number, `true` and `false` are kept too, as they are written. */
  readonly scalar?: boolean
  /** Keys of an object whose values are wanted. */
  readonly keys?: ReadonlyMap<string, Wanted>
  /** The values of an object under all other keys. */
  readonly others?: Wanted
  /** The elements of an array. */
  readonly element?: Wanted
  /** Such a value is handed out by this name when it ends, and not kept by what holds it. */
  readonly item?: string
  /** A string is handed on in pieces by this name, however long it is. */
  readonly stream?: string
  /** XML: the key under which the text of an element with attributes stands. */
  readonly content?: string
}

/** A value that is wanted but not as it should be: of another type, too large, or no UTF-8. */
export class Odd {
  readonly why: 'type' | 'large'
  /** Its beginning, at most 200 characters. */
  readonly said: string
  constructor(why: 'type' | 'large', said: string) {
    this.why = why
    this.said = said.slice(0, 200).toWellFormed()
  }
}

export type Kept = string | Odd | readonly Kept[] | { readonly [key: string]: Kept }

/** Takes what a walk finds. `place` is a JSON pointer or an XML path; `key` the key an item stood under (its index in an array). */
export interface Walked {
  item(name: string, value: Kept, place: () => string, key: string): void
  /** A wanted place holds what it should not, and whatever is around it was read all the same. */
  fault(why: 'type' | 'large', place: string, said: string): void
  /** The bytes of a string that is handed on; null at its end. Escapes of JSON are left as they stand. */
  piece(name: string, bytes: Uint8Array | null, place: string): void
  /** The document cannot be read further; at most once. `what` is a clause, for example `it is cut off`. */
  broken(what: string, place: string, unsafe?: boolean): void
}

export interface WalkLimits {
  /** Open containers below the root. */
  readonly depth: number
  /** Bytes of one text. */
  readonly textBytes: number
  /** Characters kept of one item without its own items. */
  readonly itemChars: number
  /** Elements kept of one list inside an item. */
  readonly listed: number
}

export const TEXT: Wanted = { text: true }
export const SCALAR: Wanted = { text: true, scalar: true }
export const TEXTS: Wanted = { element: TEXT }

/** The object with these keys wanted. */
export function wantedKeys(keys: Readonly<Record<string, Wanted>>, more: Omit<Wanted, 'keys'> = {}): Wanted {
  return { ...more, keys: new Map(Object.entries(keys)) }
}

/** The string under a key; null where there is none or it is odd. */
export function keptText(value: Kept | undefined, key: string): string | null {
  const found = keptAt(value, key)
  return typeof found === 'string' && found !== '' ? found : null
}

/** What stands under a key of a kept object. */
export function keptAt(value: Kept | undefined, key: string): Kept | undefined {
  if (typeof value !== 'object' || value instanceof Odd || Array.isArray(value)) return undefined
  return (value as Readonly<Record<string, Kept>>)[key]
}

const NONE: readonly Kept[] = []

/** The elements under a key of a kept object; none where it is no list. */
export function keptList(value: Kept | undefined, key: string): readonly Kept[] {
  const found = keptAt(value, key)
  return Array.isArray(found) ? found : NONE
}
