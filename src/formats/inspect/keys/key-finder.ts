import { KEY_KINDS, type KeyKind } from './key-kinds.ts'

/** All kinds that begin alike. */
interface Beginning {
  readonly length: number
  readonly kinds: readonly KeyKind[]
}

/** An automaton over bytes without regard to ASCII case: `next[state * 256 + byte]`, and where `ends[state]` a beginning is whole. */
interface Automaton {
  readonly next: Uint16Array
  readonly ends: readonly (Beginning | null)[]
}

/** Finds every beginning of a key in one look at each byte (Aho and Corasick 1975). */
export const KEY_AUTOMATON: Automaton = build(KEY_KINDS)

function build(kinds: readonly KeyKind[]): Automaton {
  const trie: Map<number, number>[] = [new Map()]
  const ends: (Beginning | null)[] = [null]
  for (const prefix of new Set(kinds.map((kind) => kind.prefix))) {
    let state = 0
    for (const c of new TextEncoder().encode(prefix)) {
      let to = trie[state]!.get(c)
      if (to === undefined) {
        to = trie.push(new Map()) - 1
        ends.push(null)
        trie[state]!.set(c, to)
      }
      state = to
    }
    ends[state] = { length: prefix.length, kinds: kinds.filter((kind) => kind.prefix === prefix) }
  }
  const next = new Uint16Array(trie.length * 256)
  const back = new Uint16Array(trie.length)
  const queue = [0]
  for (const state of queue) {
    for (let byte = 0; byte < 256; byte++) {
      const to = trie[state]!.get(byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte)
      const past = state === 0 ? 0 : next[back[state]! * 256 + byte]!
      next[state * 256 + byte] = to ?? past
      if (to === undefined || queue.includes(to)) continue
      back[to] = past
      // No beginning ends inside another (a test says so), so its own end is all there is to know.
      ends[to] ??= ends[past] ?? null
      queue.push(to)
    }
  }
  return { next, ends }
}
