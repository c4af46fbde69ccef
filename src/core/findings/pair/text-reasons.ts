import { sketchLikeness } from '../normal/sketch.ts'
import type { Features } from './features.ts'
import { quoted, type Reason, reason } from './reason.ts'

/** What the words of two findings say. Crash logs have no words of their own: they are compared by stack. */
export function textReasons(a: Features, b: Features): Reason[] {
  if (a.crash !== null && b.crash !== null) return []
  // A scanner says a rule's sentence wherever the rule fires: it tells the rule, which is compared as such, and not the flaw.
  if (a.rule !== null && b.rule !== null) return []
  const out: Reason[] = []
  const title = containment(a.title, b.title)
  if (title.shared >= 2 && title.share >= 0.4)
    out.push(reason('title-words', `${percent(title.share)} of the title's telling words are the same`, title.share))
  const words = containment(a.words, b.words)
  if (words.shared >= 5 && words.share >= 0.35)
    out.push(reason('text-words', `${words.shared} telling words in common`, words.share))
  const runs = sketchLikeness(a.sketch, b.sketch)
  if (runs >= 0.25) out.push(reason('text-runs', `About ${percent(runs)} of the text is the same`, runs))
  const codes = a.codes.filter((code) => b.codes.includes(code))
  if (codes.length > 0) {
    out.push(
      reason('codes-shared', `Both mention ${codes.slice(0, 3).map(quoted).join(', ')}`, Math.min(1, 0.5 + codes.length / 4)),
    )
  }
  return out
}

function containment(a: readonly string[], b: readonly string[]): { shared: number; share: number } {
  const other = new Set(b)
  const shared = a.filter((word) => other.has(word)).length
  const least = Math.min(a.length, b.length)
  return { shared, share: least === 0 ? 0 : shared / least }
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
