/** What became of one item of a database's file: a record (or rows), or why it was set aside. The rest of the file goes in all the same. */
export type KnownItem<T> =
  | { readonly ok: true; readonly at: string; readonly value: T; readonly notes: readonly ReadingNote[] }
  | { readonly ok: false; readonly at: string; readonly id: string | null; readonly why: SetAside }

/** Why an item is not in: a closed list. */
export const SET_ASIDE = {
  'not-readable': 'The item is not JSON, not UTF-8, or breaks off.',
  'too-large': 'The item is larger, deeper or fuller than is read.',
  'wrong-shape': 'The item is not of the shape its format defines.',
  'no-id': 'The item does not say which flaw it is about.',
  'wrong-version': 'The item is of a version of its format that is not read.',
  rejected: 'Its own database rejected the record.',
  'names-nothing': 'The item names no package and no product.',
} as const

export type SetAside = keyof typeof SET_ASIDE

/** What inside an item that is in could not be used; the item stands without it. */
export interface ReadingNote {
  readonly code: NoteCode
  /** What stood there, cut to 200 characters. */
  readonly said: string
}

export const NOTES = {
  'range-without-start': 'A range says where it ends and not where it begins: only the versions listed count.',
  'unknown-range': 'A range of a kind nobody defines.',
  'unreadable-range': 'A range in words that nobody can place.',
  'no-package': 'An affected entry without a package or a product.',
  'bad-identity': 'A purl or CPE name that cannot be read.',
  'bad-time': 'A time that is none.',
  'unknown-product': 'A status for a product that the document does not define.',
  'too-many': 'More entries than are read of one record.',
} as const

export type NoteCode = keyof typeof NOTES

/** What a mapper makes of one item's JSON; it never throws. */
export type KnownMapper<T> = (value: unknown) => Known<T>

export type Known<T> =
  | { readonly ok: true; readonly value: T; readonly notes: readonly ReadingNote[] }
  | { readonly ok: false; readonly id: string | null; readonly why: SetAside }

/** Notes of one item: each kind and text once, and not without end. */
export class NoteBook {
  private readonly held = new Map<string, ReadingNote>()
  add(code: NoteCode, said: string): void {
    const cut = said.slice(0, 200)
    if (this.held.size < 20) this.held.set(`${code} ${cut}`, { code, said: cut })
  }

  get notes(): ReadingNote[] {
    return [...this.held.values()]
  }
}
