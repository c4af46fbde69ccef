import type { Counts, Outcome } from '../../../contract/shapes/report.ts'

/** What became of an item, in a word and a sentence. */
export const OUTCOME: Record<Outcome, { readonly word: string; readonly say: string }> = {
  accepted: { word: 'Accepted', say: 'Taken in as a finding.' },
  repeated: { word: 'Repeated', say: 'You sent this before; the earlier receipt stands.' },
  merged: { word: 'Merged', say: 'Your organisation sent the same flaw before; both are kept together.' },
  'needs-info': { word: 'Needs more', say: 'Kept and receipted. It cannot be worked on until something is added.' },
  refused: { word: 'Refused', say: 'Not stored.' },
}

/** `412 accepted, 3 refused`: what is zero is left out. */
export function countsInWords(counts: Counts): string {
  const parts = [
    [counts.accepted, 'accepted'],
    [counts.repeated, 'repeated'],
    [counts.merged, 'merged with earlier ones'],
    [counts.needsInfo, counts.needsInfo === 1 ? 'needs more' : 'need more'],
    [counts.refused, 'refused'],
  ] as const
  const said = parts.filter(([n]) => n > 0).map(([n, word]) => `${n.toLocaleString('en-GB')} ${word}`)
  return said.length === 0 ? 'nothing was in it' : said.join(', ')
}
