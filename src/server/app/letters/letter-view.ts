import type { LetterOut } from '../../../contract/shapes/case.ts'
import type { LetterKind } from '../../../core/cases/letters/letter-kind.ts'
import { formatInstant, type Instant, instant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import { type LetterRecord, openLetter } from '../../store/letter.ts'
import type { LoadedCase } from '../cases/load-case.ts'
import { type LoadedProject, loadProjects } from '../projects/load-project.ts'
import { expectedAt, loadPace, loadPaces, mayGoFirst, mayGoLater, type Pace } from '../projects/pace.ts'
import type { ProjectDesk } from '../projects/project-desk.ts'
import { checkLetter } from './check-letter.ts'
import { isMailedToo, isShown } from './letter-way.ts'
import { type Reader, readerOf } from './reader-of.ts'

/** Projects of many letters with their pace, loaded once for all that are shown together. */
export interface KnownProjects {
  readonly projects: ReadonlyMap<string, LoadedProject>
  readonly paces: ReadonlyMap<string, Pace>
}

/** Loads the projects that these letters go to. */
export async function projectsOf(desk: ProjectDesk, tx: Tx, rows: readonly LetterRecord[]): Promise<KnownProjects> {
  const open = rows.filter(isOpen)
  const projects = await loadProjects(desk, tx, [...new Set(open.flatMap(({ project_id }) => project_id ?? []))])
  return { projects: new Map(projects.map((one) => [one.row.id, one])), paces: await loadPaces(tx, projects) }
}

const isOpen = ({ state }: LetterRecord): boolean => state === 'draft' || state === 'queued'

/** A letter as its coordinator sees it; null once the case's key is destroyed. */
export async function letterView(
  desk: ProjectDesk,
  tx: Tx,
  loaded: LoadedCase,
  row: LetterRecord,
  known: KnownProjects = { projects: new Map(), paces: new Map() },
): Promise<LetterOut | null> {
  const body = openLetter(desk.keys, row)
  if (body === null) return null
  const open = isOpen(row)
  const reader = open && row.party_id !== null ? await readerOf(desk, tx, loaded, row.party_id, known.projects) : null
  const { text, sealed, scopeRead, byHand } = body
  const letter = { kind: row.template as LetterKind, participant: row.party_id, text, sealed, scopeRead, byHand }
  const missing = open ? await checkLetter(desk, tx, loaded, reader, letter) : []
  const turn =
    open && missing.length === 0 && reader !== null ? await turnOf(tx, row, reader, loaded.now, known.paces) : NO_TURN
  return {
    id: row.id,
    version: row.version,
    template: row.template,
    state: row.state,
    to: body.toWords,
    address: open && !byHand ? addressOf(desk, reader, row) : body.to,
    subject: body.subject,
    text,
    sealed: (open ? reader?.key?.kind : body.key?.kind) ?? 'none',
    missing,
    mayGoAt: turn.at === null ? null : formatInstant(turn.at),
    waits: turn.waits,
    says: body.says,
    madeAt: formatInstant(instant(row.made_at)),
    sentAt: row.sent_at === null ? null : formatInstant(instant(row.sent_at)),
  }
}

/** Where it will be mailed; null: it is not, or shows in an inbox alone. */
function addressOf(desk: ProjectDesk, reader: Reader | null, { template }: LetterRecord): string | null {
  if (reader === null || (isShown(reader, template) && !isMailedToo(desk, reader))) return null
  return reader.to
}

interface Turn {
  readonly at: Instant | null
  readonly waits: string | null
}

const NO_TURN: Turn = { at: null, waits: null }

/** When a letter's turn comes, and why it waits. */
async function turnOf(
  tx: Tx,
  row: LetterRecord,
  { project }: Reader,
  now: Instant,
  paces: KnownProjects['paces'],
): Promise<Turn> {
  if (row.send_at !== null) return { at: instant(row.send_at), waits: null }
  if (project === null || row.template === 'emergency') return { at: now, waits: null }
  const pace = paces.get(project.row.id) ?? (await loadPace(tx, project.row.id, project.terms))
  const known = pace.cases.some((one) => one.case_id === row.case_id)
  const go = known ? mayGoLater(pace, now) : mayGoFirst(pace, now, false)
  const place = placeInLine(pace, row)
  if (go.go && (known || place === 1)) return { at: now, waits: null }
  const says = go.go ? 'Others stand before it.' : go.says
  if (known) return { at: go.go ? now : go.next, waits: says }
  return { at: expectedAt(pace, place, now).earliest, waits: `${says} It stands at position ${place}.` }
}

/** Where a letter stands, or would stand if it were let go now: after what waits. */
function placeInLine({ line }: Pace, { case_id }: LetterRecord): number {
  const at = line.findIndex((one) => one.case === case_id)
  return at === -1 ? line.length + 1 : at + 1
}
