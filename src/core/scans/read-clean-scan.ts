import { formatInstant, type Instant, parseInstant } from '../kernel/instant.ts'
import {
  CLEAN_SCAN_TYPE,
  type CleanScan,
  type CleanScanStatement,
  SCAN_METHODS,
  type ScanMethod,
  type ScanTool,
  STATEMENT_TYPE,
} from './clean-scan.ts'
import { isPlain } from './plain-text.ts'
import { no, type ScanRefusal } from './scan-refusal.ts'
import { readTarget } from './scan-target.ts'
import type { WeaknessTree } from './weakness-class.ts'

type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: ScanRefusal; readonly say: string }

/** What somebody writes of a clean scan: hostile, each field in the shape it must have or refused. */
export interface WrittenScan {
  readonly target: string
  readonly commit: string
  readonly path: string | null
  readonly weakness: string | null
  readonly methods: readonly string[]
  readonly tools: readonly ScanTool[]
  readonly personHours: number | null
  readonly machineHours: number | null
  readonly finishedAt: string
}

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/
// Names of packages and files as they are, and no sentence: no space, written or encoded.
const NAME = /^[\w.:/@%+~-]{1,200}$/
const PATH = /^[\w.+@~-]{1,60}(?:\/[\w.+@~-]{1,60}){0,15}$/
const TOOL = /^[A-Za-z0-9][A-Za-z0-9._+/-]{0,39}$/
const MOST_TOOLS = 8
const MOST_HOURS = 1_000_000

/** A clean scan as core knows it, or why it is none. */
export function readCleanScan(written: WrittenScan, tree: WeaknessTree, now: Instant): Read<CleanScan> {
  const { commit, path, weakness, tools, personHours, machineHours } = written
  const methods = [...new Set(written.methods)]
  const finished = parseInstant(written.finishedAt)
  const hours = [personHours, machineHours].every((n) => n === null || (Number.isInteger(n) && n >= 0 && n <= MOST_HOURS))
  const named = tools.length <= MOST_TOOLS && tools.every(({ name, version }) => TOOL.test(name) && TOOL.test(version))
  const known = methods.length > 0 && methods.every((one) => (SCAN_METHODS as readonly string[]).includes(one))
  if (finished === null || !COMMIT.test(commit) || !hours || !named || !known) return no('certificate.malformed')
  if (finished > now) return no('certificate.future')
  const read = readTarget({ target: written.target, path, weakness }, tree)
  if (!read.ok) return read
  const { name, path: place } = read.target
  if (!NAME.test(name) || /%20|%2b/i.test(name) || (place.length > 0 && !PATH.test(place.join('/'))))
    return no('certificate.malformed')
  const finishedAt = formatInstant(finished)
  const said = { methods: methods as ScanMethod[], tools, personHours, machineHours, finishedAt }
  return { ok: true, value: { target: read.target, commit, ...said } }
}

/**
 * The clean scan in an in-toto statement that an organisation signed itself; `by` must be null or its own name. Closed: a field too
 * many, at any depth, is refused, and so is a target that is not written in its one form.
 */
export function readCleanStatement(value: unknown, own: string, tree: WeaknessTree, now: Instant): Read<CleanScanStatement> {
  const whole = fields(value, ['_type', 'subject', 'predicateType', 'predicate'])
  if (whole === null || whole['_type'] !== STATEMENT_TYPE || whole['predicateType'] !== CLEAN_SCAN_TYPE) return malformed()
  const subjects = whole['subject']
  if (!Array.isArray(subjects) || subjects.length !== 1) return malformed()
  const subject = fields(subjects[0], ['name', 'digest'])
  const digest = fields(subject?.['digest'], ['gitCommit'])
  const said = fields(whole['predicate'], PREDICATE)
  if (subject === null || digest === null || said === null || said['result'] !== 'nothing-found') return malformed()
  if (said['by'] !== null && said['by'] !== own) return malformed()
  const written = writtenIn(subject['name'], digest['gitCommit'], said)
  const scan = written === null ? null : readCleanScan(written, tree, now)
  if (scan === null) return malformed()
  if (!scan.ok) return scan
  const { name, path } = scan.value.target
  // One form only: what is signed is what is stored, and two certificates of one place must be seen to be.
  if (name !== subject['name'] || (written?.path ?? '') !== path.join('/')) return no('certificate.other-target')
  return { ok: true, value: value as CleanScanStatement }
}

const PREDICATE = ['path', 'weakness', 'methods', 'tools', 'personHours', 'machineHours', 'finishedAt', 'result', 'by'] as const

function writtenIn(name: unknown, commit: unknown, said: Loose): WrittenScan | null {
  const { path, weakness, methods, tools, personHours, machineHours, finishedAt } = said
  if (typeof name !== 'string' || typeof commit !== 'string' || typeof finishedAt !== 'string') return null
  if (!(path === null || (typeof path === 'string' && isPlain(path, 1024)))) return null
  if (!(weakness === null || typeof weakness === 'string')) return null
  if (!Array.isArray(methods) || methods.length > SCAN_METHODS.length || !methods.every((one) => typeof one === 'string'))
    return null
  if (!Array.isArray(tools) || tools.length > MOST_TOOLS || !tools.every(isTool)) return null
  const hours = [personHours, machineHours].every((n) => n === null || typeof n === 'number')
  if (!hours) return null
  const figures = { personHours: personHours as number | null, machineHours: machineHours as number | null }
  return {
    target: name,
    commit,
    path,
    weakness,
    methods: methods as string[],
    tools: tools as ScanTool[],
    finishedAt,
    ...figures,
  }
}

function isTool(value: unknown): value is ScanTool {
  const tool = fields(value, ['name', 'version'])
  return tool !== null && typeof tool['name'] === 'string' && typeof tool['version'] === 'string'
}

type Loose = Readonly<Record<string, unknown>>

/** The value as an object with exactly these fields; null where it has others. */
function fields(value: unknown, names: readonly string[]): Loose | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null
  const own = Object.keys(value)
  return own.length === names.length && names.every((name) => Object.hasOwn(value, name)) ? (value as Loose) : null
}

function malformed() {
  return no('certificate.malformed')
}
