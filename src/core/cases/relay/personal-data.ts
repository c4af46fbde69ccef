// Reporters' personal data does not travel with a report (Apache RFC-AI-0008, draft: reporter PII is never shown to other reporters).
import { inertText } from '../letters/inert-text.ts'
import type { RelaySource } from './relay-source.ts'

export const REMOVED = '[removed]'
const MOST_NAMES = 100
const SHORTEST = 3

const LONGEST_LOCAL = 64
const LOCAL = /[^\s<>()[\]{},;:"'`@/\\]/
const DOMAIN = /(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}/y

/** Removes mail addresses and the reporters' names from texts, and counts what it removed. */
export interface Scrubber {
  /** For texts: also without control characters and characters that hide something. */
  readonly clean: (text: string) => string
  /** For files, where every other byte matters. */
  readonly scrub: (text: string) => string
  /** Whether a reporter is named, by name, handle or address; other people's addresses may be part of what a file tests. */
  readonly names: (text: string) => boolean
  readonly removed: () => number
}

/** A scrubber for one draft; a name that its owner wishes to be credited by stays. */
export function scrubberFor({ personal, provenance }: Pick<RelaySource, 'personal' | 'provenance'>): Scrubber {
  const credits = provenance.credits.map((credit) => credit.toLowerCase())
  const names = [...new Set(personal)]
    .filter((name) => name.length >= SHORTEST && !credits.some((credit) => credit.includes(name.toLowerCase())))
    .sort((a, b) => b.length - a.length)
    .slice(0, MOST_NAMES)
  const named = names.length === 0 ? null : new RegExp(names.map(escaped).join('|'), 'giu')
  const credited = (address: string) => credits.some((credit) => credit.includes(address.toLowerCase()))
  let removed = 0
  const count = () => {
    removed += 1
    return REMOVED
  }
  const scrub = (text: string): string => {
    const without = named === null ? text : text.replace(named, count)
    return withoutAddresses(without, (address) => (address.startsWith('git@') || credited(address) ? address : count()))
  }
  return {
    clean: (text) => scrub(inertText(text)),
    scrub,
    names: (text) => named !== null && text.search(named) >= 0,
    removed: () => removed,
  }
}

/** A text with every mail address put through `replace`. Each at sign is looked at once, so that the work is linear. */
function withoutAddresses(text: string, replace: (address: string) => string): string {
  const parts: string[] = []
  let from = 0
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let begin = at
    while (begin > from && at - begin < LONGEST_LOCAL && LOCAL.test(text[begin - 1]!)) begin -= 1
    DOMAIN.lastIndex = at + 1
    const domain = begin === at ? null : DOMAIN.exec(text)
    if (domain === null) continue
    const end = at + 1 + domain[0].length
    parts.push(text.slice(from, begin), replace(text.slice(begin, end)))
    from = end
  }
  return from === 0 ? text : parts.join('') + text.slice(from)
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/gu, (sign) => `\\${sign}`)
}
