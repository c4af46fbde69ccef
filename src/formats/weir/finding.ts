import type { Crash, Finding, Frame, Provenance } from '../../core/findings/finding.ts'
import { CRASH_TOOLS } from '../../core/findings/finding.ts'
import { BLANK, UNSTATED } from '../blank-finding.ts'
import { type CrashReading, parseCrashText } from '../crash/crash-text.ts'
import { isObject } from '../json/loose.ts'
import { type Mapped, refuseItem } from '../json/reading.ts'
import { Faults, Fields } from '../json/strict.ts'
import { needsOf } from '../needs.ts'
import { titleOf } from '../title.ts'
import { readEvidence, readFrame, readLocation, readProvenance, readSeverities, readTarget, readWeaknesses } from './parts.ts'

const LONGEST_KEY = 200
const NOTHING = 'Give at least one of title, text, locations, stack, crash and aliases.'

/** One finding of Weir's own format, read strictly; what the format does not define is kept in `extra` under its pointer. */
export function mapFinding(value: unknown, at: string, defaults: Provenance = UNSTATED): Mapped {
  if (!isObject(value)) return refuseItem('item.wrong-type', at, 'A finding is a JSON object.')
  const faults = new Faults(at)
  const fields = new Fields(value, '', faults)
  const key = fields.text('key')
  if (key !== null && (key === '' || key.length > LONGEST_KEY)) fields.fault('key', `key has 1 to ${LONGEST_KEY} characters.`)
  const trace = readStack(fields)
  const crash = readCrash(fields.object('crash')) ?? trace.reading?.crash ?? null
  const title = fields.text('title')
  const text = fields.text('text') ?? trace.text
  const weaknesses = readWeaknesses(fields)
  const finding: Finding = {
    ...BLANK,
    title: titleOf(title || trace.reading?.title || null, text),
    text,
    target: readTarget(fields.object('target')),
    locations: fields.objects('locations').map(readLocation),
    weaknesses: weaknesses.length > 0 ? weaknesses : (trace.reading?.weaknesses ?? []),
    stack: trace.frames,
    crash,
    severities: readSeverities(fields),
    aliases: fields.texts('aliases'),
    references: fields.texts('references'),
    evidence: [...fields.objects('evidence').map(readEvidence), ...trace.evidence],
    provenance: readProvenance(fields.object('provenance'), defaults),
    rule: fields.text('rule'),
    toolFingerprints: readFingerprints(fields),
  }
  fields.keepRest()
  if (faults.first) return { ok: false, refusal: faults.first }
  if (claimsNothing(finding)) return refuseItem('item.nothing-claimed', at, NOTHING)
  const extra = faults.unknown.length > 0 ? Object.fromEntries(faults.unknown) : BLANK.extra
  return { ok: true, finding: { ...finding, extra }, key, needs: needsOf(finding) }
}

interface Trace {
  readonly frames: readonly Frame[]
  readonly reading: CrashReading | null
  /** The log itself where no other text is given and it could not be read. */
  readonly text: string
  readonly evidence: Finding['evidence']
}

/** `stack` is an array of frames, or the text of a trace or crash log, which is kept as evidence. */
function readStack(fields: Fields): Trace {
  const stated = fields.any('stack')
  if (typeof stated !== 'string') {
    const frames = stated === undefined || Array.isArray(stated) ? fields.objects('stack').map(readFrame) : []
    if (stated !== undefined && !Array.isArray(stated))
      fields.fault('stack', 'stack is an array of frames, or the text of a crash log.')
    return { frames, reading: null, text: '', evidence: [] }
  }
  const content = stated.toWellFormed()
  if (content.trim() === '') return { frames: [], reading: null, text: '', evidence: [] }
  const reading = parseCrashText(content)
  const log = { kind: 'crash-log', name: 'stack', mediaType: 'text/plain', content, encoding: 'utf8' } as const
  return { frames: reading?.stack ?? [], reading, text: reading ? reading.excerpt : content, evidence: [log] }
}

function readCrash(crash: Fields | null): Crash | null {
  if (!crash) return null
  const read = {
    tool: crash.word('tool', CRASH_TOOLS) ?? ('other' as const),
    kind: crash.text('kind') ?? '',
    access: crash.word('access', ['read', 'write'] as const),
    size: crash.whole('size', 0),
    address: crash.text('address'),
    signal: crash.text('signal'),
  }
  if (read.kind === '') crash.fault('kind', 'kind is a non-empty string such as heap-buffer-overflow, and required.')
  crash.keepRest()
  return read
}

function readFingerprints(fields: Fields): Finding['toolFingerprints'] {
  const stated = fields.any('toolFingerprints')
  if (stated === undefined) return BLANK.toolFingerprints
  if (isObject(stated) && Object.values(stated).every((value) => typeof value === 'string')) {
    return Object.fromEntries(Object.entries(stated)) as Record<string, string>
  }
  fields.fault('toolFingerprints', 'toolFingerprints is an object of strings.')
  return BLANK.toolFingerprints
}

function claimsNothing(finding: Finding): boolean {
  const { title, text, locations, stack, crash, aliases } = finding
  return title === '' && text === '' && locations.length === 0 && stack.length === 0 && crash === null && aliases.length === 0
}
