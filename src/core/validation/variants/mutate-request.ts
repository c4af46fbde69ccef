import { byte, cut, type Step } from './byte-steps.ts'
import type { Chance } from './chance.ts'
import type { Pool } from './pool.ts'
import { sibling } from './sibling-step.ts'
import { encode, grow, number, reword, shrink, smaller } from './text-steps.ts'

// A request of a line protocol keeps its framing: whole lines are changed, an empty line stays the end of the head, and a stated
// length that was right stays right. Otherwise most mutants would only test the refusal of broken requests.

const WORD_STEPS: readonly Step[] = [number, smaller, grow, shrink, reword, encode, byte, sibling]
const GENTLE_STEPS: readonly Step[] = [smaller, shrink, reword, number, encode]

/** One change of a request; `gentle` keeps to changes that make it more ordinary. */
export function mutateRequest(request: string, chance: Chance, gentle: boolean, pool: Pool): string {
  const end = request.indexOf('\r\n\r\n')
  if (end < 0) return chance.pick(gentle ? GENTLE_STEPS : WORD_STEPS)(request, chance)
  const head = request.slice(0, end).split('\r\n')
  const body = request.slice(end + 4)
  if (body !== '' && chance.below(3) === 0) {
    const changed = chance.pick(gentle ? GENTLE_STEPS : [...WORD_STEPS, cut])(body, chance)
    return `${resized(head, body, changed).join('\r\n')}\r\n\r\n${changed}`
  }
  return `${mutateHead(head, chance, gentle, pool).join('\r\n')}\r\n\r\n${body}`
}

function mutateHead(head: readonly string[], chance: Chance, gentle: boolean, pool: Pool): string[] {
  const lines = [...head]
  const at = chance.below(lines.length)
  const kind = chance.below(gentle ? 6 : 10)
  if (kind === 1 && pool.lines.length > 0) return grafted(lines, chance, pool)
  if (kind === 0 && at > 0) lines.splice(at, 1)
  else if (kind === 6 && at > 0) lines.splice(at, 0, lines[at]!)
  else if (kind === 7 && at > 0) lines.splice(1 + chance.below(lines.length - 1), 0, ...lines.splice(at, 1))
  else lines[at] = mutateLine(lines[at]!, at === 0, chance, gentle)
  return lines
}

// A header that another input has is put in, or takes the place of one; or its first line is taken.
function grafted(lines: string[], chance: Chance, pool: Pool): string[] {
  const line = chance.pick(pool.lines).replace(/\r$/, '')
  const first = / HTTP\/1\.[01]$/.test(line)
  if (!first && !/^[A-Za-z-]{1,60}:/.test(line)) return lines
  lines.splice(first ? 0 : 1 + chance.below(lines.length), first || chance.below(2) === 0 ? 1 : 0, line)
  return lines
}

// The name of a header and the two ends of the first line stay; what stands between is changed.
function mutateLine(line: string, first: boolean, chance: Chance, gentle: boolean): string {
  const from = first ? line.indexOf(' ') + 1 : line.indexOf(':') + 1
  const to = first && line.lastIndexOf(' ') > from ? line.lastIndexOf(' ') : line.length
  const value = line.slice(from, to)
  const changed = chance
    .pick(gentle ? GENTLE_STEPS : WORD_STEPS)(value, chance)
    .replace(/[\r\n]/g, ' ')
  return line.slice(0, from) + changed + line.slice(to)
}

function resized(head: readonly string[], before: string, after: string): string[] {
  return head.map((line) => {
    const stated = /^(content-length:[ \t]{0,8})([0-9]{1,12})[ \t]{0,8}$/i.exec(line)
    return stated && Number(stated[2]) === before.length ? `${stated[1]}${after.length}` : line
  })
}
