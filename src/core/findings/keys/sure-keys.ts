import { COARSE_CRASHES, isVague } from '../normal/crash-family.ts'
import type { NormalForm } from '../normal-form.ts'
import type { KeyParts } from './kinds.ts'

const MOST_ALIASES = 2
const PROSE_LENGTH = 60
const PROSE_WORDS = 8
// Functions that every program has: a crash in one of them names no place.
const EVERYWHERE =
  /^(?:main|<module>|run|init|start|\(anonymous\)|anonymous|operator\(\)|lambda|func1|closure|\?\?)$|\{\{closure\}\}$|lambda/i

/** Keys of which one in common is enough to join two findings; each precise by itself. */
export function sureKeys(form: NormalForm, home: string): KeyParts[] {
  // Without a target the key is the sender's own; `home` cannot be mistaken for a target, which starts `pkg:` or `repo:`.
  const scope = form.target ?? `home:${home}`
  return [...aliasKeys(form, scope), ...crashKey(form, scope), ...scanKey(form, scope), ...proseKey(form, scope)]
}

function aliasKeys(form: NormalForm, scope: string): KeyParts[] {
  // Several names on one item may be a bulletin of several flaws: then none of them alone is precise.
  const cves = form.aliases.filter((alias) => alias.startsWith('CVE-'))
  if (cves.length > 1) return []
  return [...cves, ...form.aliases.filter((alias) => !alias.startsWith('CVE-'))]
    .slice(0, MOST_ALIASES)
    .map((alias) => ({ kind: 'alias', parts: [scope, alias] }))
}

function crashKey(form: NormalForm, scope: string): KeyParts[] {
  const [first, second] = form.frames
  if (form.crash === null || first === undefined || !tellsPlace(first.symbol, first.path) || isVague(form.crash)) return []
  const file = first.path === null ? '' : fileName(first.path)
  // What was thrown, asserted or raced is a coarse word, and one function may hold several such flaws: caller, kind as printed
  // and line make it precise. Lines move between versions, so the version goes with the line.
  const coarse = COARSE_CRASHES.includes(form.crash)
  const line = first.line === null ? '' : `${form.version ?? ''}:${first.line}`
  const more = coarse ? [form.crashKind ?? '', second?.symbol ?? '', line] : []
  return [{ kind: 'crash', parts: [scope, form.crash, first.symbol, file, ...more] }]
}

/** Whether a frame's symbol names one place of the program. */
export function tellsPlace(symbol: string, path: string | null): boolean {
  return symbol.length >= 3 && symbol !== path && !EVERYWHERE.test(symbol)
}

function scanKey(form: NormalForm, scope: string): KeyParts[] {
  if (form.path === null || form.rule === null || form.crash !== null) return []
  // The line's own text where it is known; else its number, which names the same line only in the same version.
  const line = form.lineHash ?? (form.version !== null && form.line !== null ? `at:${form.version}:${form.line}` : null)
  if (line === null) return []
  return [{ kind: 'scan', parts: [scope, form.path, line, form.tool ?? '', form.rule, form.family ?? ''] }]
}

function proseKey(form: NormalForm, scope: string): KeyParts[] {
  if (form.prose.length < PROSE_LENGTH || form.words.length < PROSE_WORDS) return []
  // Scanners say the same sentence of every line they dislike: only with the place does it name a flaw.
  const place = form.path === null ? [] : [form.path, form.symbol ?? '', form.lineHash ?? String(form.line ?? '')]
  return [{ kind: 'prose', parts: [scope, form.prose, ...place] }]
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
