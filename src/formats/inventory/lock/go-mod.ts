import { type Draft, draftChars } from '../draft.ts'
import type { ItemSink } from '../item-sink.ts'
import type { LinePart } from '../line-reader.ts'
import { lockedDraft } from '../package-named.ts'

/** Reads go.mod: what is required, with what replaces it. Held to the end, for a replacement may stand anywhere. */
export function goModPart(sink: ItemSink): LinePart {
  const required: Draft[] = []
  const replaced = new Map<string, readonly [string, string | null]>()
  let chars = 0
  let block: string | null = null
  let name: string | null = null
  const held = (more: number, number: number): boolean => {
    chars += more
    if (chars <= sink.limits.heldChars) return true
    sink.unmatched('too-large', `line ${number}`, 'more is required than is held')
    return false
  }
  const take = (verb: string, words: readonly string[], number: number): void => {
    const [first, second] = words
    if (verb === 'module' && first !== undefined) name = first
    if (verb === 'require') {
      if (first === undefined || second === undefined) {
        sink.unmatched('wrong-shape', `line ${number}`, words.join(' '))
        return
      }
      const draft = lockedDraft('golang', first, second, `line ${number}`)
      if (held(draftChars(draft), number)) required.push(draft)
    } else if (verb === 'replace') {
      const arrow = words.indexOf('=>')
      const [to, version = null] = words.slice(arrow + 1)
      if (arrow < 1 || to === undefined) sink.unmatched('wrong-shape', `line ${number}`, words.join(' '))
      else if (held(2 * to.length, number)) replaced.set(words.slice(0, arrow).join('@'), [to, version])
    }
  }
  return {
    line(text, number) {
      const words = text
        .replace(/\/\/.*$/s, '')
        .split(/\s+/)
        .filter((word) => word !== '')
        .map(unquoted)
      if (words.length === 0) return
      if (words[0] === ')') block = null
      else if (block !== null) take(block, words, number)
      else if (words[1] === '(') block = words[0]!
      else take(words[0]!, words.slice(1), number)
      if (words[0] === 'module') sink.recognised = true
    },
    end() {
      for (const draft of required) {
        const by = replaced.get(`${draft.name}@${draft.version}`) ?? replaced.get(draft.name!)
        // A folder in the place of a module: what is in it nobody knows.
        if (by === undefined) sink.draft(draft)
        else if (by[1] === null) sink.unmatched('no-identity', draft.place, `${draft.name} => ${by[0]}`)
        else sink.draft(lockedDraft('golang', by[0], by[1], draft.place))
      }
      if (name !== null) sink.subject({ name })
    },
  }
}

function unquoted(word: string): string {
  return word.length > 1 && word.startsWith('"') && word.endsWith('"') ? word.slice(1, -1) : word
}
