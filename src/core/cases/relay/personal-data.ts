// Reporters' personal data does not travel with a report (Apache RFC-AI-0008, draft: reporter PII is never shown to other reporters).
import { inertText } from '../letters/inert-text.ts'
import type { RelaySource } from './relay-source.ts'

export const REMOVED = '[removed]'
const MOST_NAMES = 100
const SHORTEST = 3

// Both sides are bounded, so that a long text costs a fixed number of steps for each of its characters.
const ADDRESS = /[^\s<>()[\]{},;:"'`@/\\]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}/g
/** What stands before the at sign of a repository's address, which names nobody. */
const MACHINE = /^git@/

/** Removes mail addresses and the reporters' names from texts, and counts what it removed. */
export interface Scrubber {
  /** For texts: also without control characters and characters that hide something. */
  readonly clean: (text: string) => string
  /** For files, where every other byte matters. */
  readonly scrub: (text: string) => string
  readonly holds: (text: string) => boolean
  readonly removed: () => number
}

/** A scrubber for one draft; a name that its owner wishes to be credited by stays. */
export function scrubberFor({ personal, provenance }: Pick<RelaySource, 'personal' | 'provenance'>): Scrubber {
  const credits = provenance.credits.map((credit) => credit.toLowerCase())
  const names = [...new Set(personal)]
    .filter((name) => name.length >= SHORTEST && !credits.some((credit) => credit.includes(name.toLowerCase())))
    .sort((a, b) => b.length - a.length)
    .slice(0, MOST_NAMES)
    .map((name) => new RegExp(escaped(name), 'giu'))
  const credited = (address: string) => credits.some((credit) => credit.includes(address.toLowerCase()))
  let removed = 0
  const scrub = (text: string): string => {
    const count = () => {
      removed += 1
      return REMOVED
    }
    const without = names.reduce((rest, name) => rest.replace(name, count), text)
    return without.replace(ADDRESS, (address) => (MACHINE.test(address) || credited(address) ? address : count()))
  }
  const holds = (text: string): boolean => {
    const before = removed
    const found = scrub(text) !== text
    removed = before
    return found
  }
  const clean = (text: string) => scrub(inertText(text))
  return { clean, scrub, holds, removed: () => removed }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/gu, (sign) => (sign === '-' ? '\\-' : `\\${sign}`))
}
