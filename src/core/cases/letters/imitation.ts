import { LINK_LABEL } from './letter-kind.ts'

const LABELS = Object.values(LINK_LABEL).map((label) => label.toLowerCase())
const LABELLED = /^[^:]{1,40}:\s{0,8}[[<(]?\s{0,2}(?:h\w\wps?:|www\.)/i
const BARE = /^[[<(]?(?:https?:|www\.)/i
const FENCE = /^\[[^\]]{0,60}(?:begins|ends|quoted)/i
const ONE_TIME = /\/l\/[\w-]{16}/
// Longer lines are looked at no further, so that none costs more than another.
const LOOKED_AT = 2_000

/** Whether a line of prose could be taken for one of our links: a label and a link, a bare link, or a mark around code. */
export function imitates(line: string): boolean {
  const bare = bareOf(line)
  return LABELLED.test(bare) || BARE.test(bare) || FENCE.test(bare) || ONE_TIME.test(line.slice(0, LOOKED_AT))
}

/** The same for code, where labels and links are usual: only our own labels before a link, our marks, and our paths. */
export function imitatesInCode(line: string): boolean {
  const bare = bareOf(line)
  if (FENCE.test(bare) || ONE_TIME.test(line.slice(0, LOOKED_AT))) return true
  const colon = bare.indexOf(':')
  return colon !== -1 && LABELLED.test(bare) && LABELS.includes(bare.slice(0, colon).trim().toLowerCase())
}

/** Prose in which every line that imitates ours is quoted. */
export function quoteImitations(lines: readonly string[]): string[] {
  return lines.map((line) => (imitates(line) ? `> ${line}` : line))
}

/** A line without marks of a patch or of quoting in front, with look-alike forms of one letter folded. */
function bareOf(line: string): string {
  return line
    .slice(0, 200)
    .normalize('NFKC')
    .replace(/^[\s+|>*#-]+/, '')
}
