import type { Contact } from '../../core/cases/terms/contact.ts'
import { readShape, type Shape } from '../../core/cases/terms/shape.ts'
import type { Instant } from '../../core/kernel/instant.ts'

/** One value that a file suggests for a project's terms, for a person to confirm; it fits the terms' schema at its place. */
export interface DraftField {
  /** JSON pointer into the terms, for example `/contact`. A list of values for one place stands in the order of the file. */
  readonly at: string
  readonly value: unknown
  /** Line of the file, from 1. */
  readonly line: number
  /** The file says it in a field made for it; else it was read out of prose. */
  readonly stated: boolean
}

/** Something a person should know before confirming. */
export interface DraftNote {
  readonly line: number
  readonly says: string
}

export interface DraftLink {
  readonly line: number
  readonly what: 'policy' | 'key' | 'canonical' | 'inherits' | 'advisories'
  readonly url: string
}

/** What a project's own file suggests. Nothing of it holds before a person has confirmed it. */
export interface TermsDraft {
  /** Name or address of the file, as the caller gave it. */
  readonly file: string
  readonly fields: readonly DraftField[]
  readonly notes: readonly DraftNote[]
  readonly links: readonly DraftLink[]
  /** After this the file says nothing any more; null where it states no end. */
  readonly expiresAt: Instant | null
}

const MOST = 200

/** Gathers a draft: only values that fit the terms' schema, and at most 200 of each sort. */
export class DraftMaker {
  private readonly fields: DraftField[] = []
  private readonly notes: DraftNote[] = []
  private readonly links: DraftLink[] = []
  private readonly seen = new Set<string>()
  private expiresAt: Instant | null = null

  /** Keeps a value that fits its place, once; else answers false. */
  field<T>(at: string, shape: Shape<T>, value: unknown, line: number, stated: boolean): boolean {
    const read = readShape(shape, value)
    if (!read.ok) return false
    const key = `${at} ${JSON.stringify(read.value)}`
    if (this.fields.length < MOST && !this.seen.has(key)) {
      this.seen.add(key)
      this.fields.push({ at, value: read.value, line, stated })
    }
    return true
  }

  contact(shape: Shape<Contact>, route: Contact['route'], at: string, line: number, stated: boolean): boolean {
    return this.field('/contact', shape, { route, at }, line, stated)
  }

  note(line: number, says: string): void {
    if (this.notes.length < MOST) this.notes.push({ line, says })
  }

  /** Keeps an https address of at most 2000 printable characters. */
  link(line: number, what: DraftLink['what'], url: string): boolean {
    if (!/^https:\/\/[!-~]{1,2000}$/.test(url)) return false
    if (this.links.length < MOST && !this.links.some((link) => link.what === what && link.url === url))
      this.links.push({ line, what, url })
    return true
  }

  expires(at: Instant): void {
    this.expiresAt = at
  }

  draft(file: string): TermsDraft {
    return { file, fields: this.fields, notes: this.notes, links: this.links, expiresAt: this.expiresAt }
  }
}
