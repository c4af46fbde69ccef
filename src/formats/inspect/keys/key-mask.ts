import { KEY_AUTOMATON } from './key-finder.ts'
import { KEY_RUN, type KeyKind, PRIVATE_KEY } from './key-kinds.ts'

/** Keys found in one text: how many of a kind, and the byte at which the first begins. Nothing of the keys themselves. */
export interface KeyCount {
  readonly kind: string
  readonly count: number
  readonly firstAt: number
}

const STAR = 0x2a
// One character a byte.
const LATIN = new TextDecoder('latin1')
/** Bytes before a place that are kept to judge it: longer than any prefix and any escape. */
const BEFORE = 48
/** Bytes of a key's kind that must follow its beginning before a closer look is worth it. */
const FEWEST = 8
const LONGEST_NAME = 24
const LONGEST_SEPARATOR = 12
const END_OF_KEY = [...'-----END'].map((c) => c.charCodeAt(0))
const LONGEST_PRIVATE_KEY = 65_536

const TOKEN = classOf('A-Za-z0-9_.~+/=-')
const RUN = classOf('A-Za-z0-9_.~+/=\\\\"\' :-')
const SEPARATOR = classOf('\\\\"\' :=')
const WORD = classOf('A-Za-z0-9_-')
const BODY = classOf('A-Za-z0-9+/=:,. \\s-')

/**
 * Overwrites keys in text that streams through with stars, byte for byte, so that every place in it stays true. Linear; holds back
 * under 300 bytes between chunks. The bytes answered are new. JSON stays JSON: no quote and no half of an escape is overwritten.
 */
export class KeyMask {
  private readonly counts = new Map<string, { count: number; firstAt: number }>()
  private held: Uint8Array = new Uint8Array(0)
  /** Bytes of `held` that were looked at already. */
  private looked = 0
  private state = 0
  /** Offset in the text of `held[0]`. */
  private offset = 0
  private covering: 'token' | 'body' | null = null
  private covered = 0
  /** A key may begin in `held`; no look before it has grown to this. */
  private wanted = 0

  push(chunk: Uint8Array): Uint8Array {
    return this.go(chunk, false)
  }

  end(): Uint8Array {
    return this.go(new Uint8Array(0), true)
  }

  found(): readonly KeyCount[] {
    return [...this.counts].map(([kind, { count, firstAt }]) => ({ kind, count, firstAt }))
  }

  private go(chunk: Uint8Array, last: boolean): Uint8Array {
    const text = new Uint8Array(this.held.length + chunk.length)
    text.set(this.held)
    text.set(chunk, this.held.length)
    if (!last && text.length < this.wanted) {
      this.held = text
      return new Uint8Array(0)
    }
    this.wanted = 0
    const stop = this.look(text, last)
    const keep = last ? text.length : Math.max(0, stop - BEFORE)
    this.held = text.slice(keep)
    this.looked = stop - keep
    if (this.wanted > 0) this.wanted -= keep
    this.offset += keep
    return text.subarray(0, keep)
  }

  /** Answers up to where it looked. */
  private look(text: Uint8Array, last: boolean): number {
    const { next, ends } = KEY_AUTOMATON
    const n = text.length
    let i = this.looked
    let state = this.state
    while (i < n) {
      if (this.covering !== null) {
        const to = this.cover(text, i, last)
        if (to === i && this.covering !== null) break
        i = to
        continue
      }
      state = next[state * 256 + text[i++]!]!
      const beginning = ends[state]
      if (!beginning) continue
      const start = i - beginning.length
      if (!last && n - start < KEY_RUN) {
        // Looked at again from its beginning, once enough of it has come.
        this.state = 0
        this.wanted = start + KEY_RUN
        return start
      }
      const end = this.judge(text, start, i, beginning.kinds)
      if (end > i) {
        i = end
        state = 0
      }
    }
    this.state = state
    return i
  }

  /** Covers the key that begins at `start`, if one does, and answers where looking goes on. */
  private judge(text: Uint8Array, start: number, after: number, kinds: readonly KeyKind[]): number {
    if (!kinds.some((kind) => mayFollow(text, after, kind))) return after
    const bounded = !bordersWord(text, start)
    let end = after
    const most = Math.min(text.length, start + KEY_RUN)
    while (end < most && RUN[text[end]!]) end++
    const run = LATIN.decode(text.subarray(start, end))
    for (const kind of kinds) {
      if (!(bounded || kind.anywhere)) continue
      const match = kind.pattern.exec(run)
      if (!match) continue
      const lead = match[1]?.length ?? 0
      if (kind.digit && !/\d/.test(match[0].slice(lead))) continue
      const seen = this.counts.get(kind.kind)
      if (seen) seen.count++
      else this.counts.set(kind.kind, { count: 1, firstAt: this.offset + start })
      text.fill(STAR, start + lead, start + match[0].length)
      this.covering = kind.kind === PRIVATE_KEY ? 'body' : 'token'
      this.covered = 0
      return start + match[0].length
    }
    return after
  }

  /** Goes on covering from `at`; answers how far it came, `at` itself when it must see more. */
  private cover(text: Uint8Array, at: number, last: boolean): number {
    let i = at
    if (this.covering === 'token') {
      while (i < text.length && TOKEN[text[i]!]) text[i++] = STAR
      if (i < text.length || last) this.covering = null
      return i
    }
    for (;;) {
      // A look ahead as long as the end's mark, so that it is seen whole.
      if (text.length - i < END_OF_KEY.length && !last) return i
      const c = text[i]
      const escaped = c === 0x5c ? text[i + 1] : undefined
      const over =
        c === undefined ||
        this.covered >= LONGEST_PRIVATE_KEY ||
        END_OF_KEY.every((byte, k) => text[i + k] === byte) ||
        (c === 0x5c
          ? !(escaped === 0x6e || escaped === 0x72 || escaped === 0x74 || escaped === 0x5c || escaped === 0x2f)
          : !BODY[c])
      if (over) {
        this.covering = null
        return i
      }
      const width = c === 0x5c ? 2 : 1
      text.fill(STAR, i, i + width)
      this.covered += width
      i += width
    }
  }
}

/** Whether a letter or digit stands right before; the last character of a JSON escape is none. */
function bordersWord(text: Uint8Array, at: number): boolean {
  if (at === 0 || !WORD[text[at - 1]!]) return false
  if (at >= 2 && text[at - 2] === 0x5c) return false
  return !(at >= 6 && text[at - 6] === 0x5c && text[at - 5] === 0x75)
}

/** A cheap look at what stands after a beginning, so that text full of beginnings costs little. */
function mayFollow(text: Uint8Array, after: number, kind: KeyKind): boolean {
  let at = after
  if (kind.kind === PRIVATE_KEY) return true
  if (kind.named) {
    const name = at + LONGEST_NAME
    while (at < name && WORD[text[at]!]) at++
    const value = at
    while (at < value + LONGEST_SEPARATOR && SEPARATOR[text[at]!]) at++
    if (at === value) return false
  }
  let k = 0
  while (k < FEWEST && TOKEN[text[at + k]!]) k++
  return k === FEWEST
}

function classOf(members: string): readonly boolean[] {
  const pattern = new RegExp(`[${members}]`)
  return Array.from({ length: 256 }, (_, c) => pattern.test(String.fromCharCode(c)))
}
