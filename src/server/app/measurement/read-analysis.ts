import type { AnalysisOut } from '../../../contract/shapes/measurement.ts'
import { presentDocket } from '../../../core/access/present/docket.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { subjectOf } from '../docket/load-docket.ts'
import { listPapersOf, openPaper, readPaperBytes } from '../docket/papers.ts'
import { withDocket } from '../docket/with-docket.ts'
import type { KeptAnalysis } from './analyse.ts'
import type { MeasurementDesk } from './measurement-desk.ts'
import { unblind } from './unblind.ts'

/** The newest figures, for readers of R. */
export async function readAnalysis(
  desk: MeasurementDesk,
  who: Principal,
  docket: string,
): Promise<Answer<Presented<AnalysisOut>>> {
  const answer = await withDocket<Presented<AnalysisOut>>(desk, who, { docket, object: 'analysis' }, async (tx, seen) => {
    const papers = await listPapersOf(tx, seen, ['analysis'])
    const newest = papers.findLast(({ title }) => title === 'Figures')
    const bytes = newest === undefined ? null : await readPaperBytes(desk, tx, seen, newest.id)
    if (bytes === null) return NOT_FOUND
    const shown = presentDocket(who, subjectOf(seen.row, true), JSON.parse(bytes.toString('utf8')) as KeptAnalysis)
    return shown === null ? NOT_FOUND : done(shown)
  })
  if (answer.ok) await unblind(desk, docket)
  return answer
}

export type File = { readonly bytes: AsyncIterable<Uint8Array>; readonly mediaType: string; readonly name: string }

/** The newest bundle, for readers of R. */
export async function readBundle(desk: MeasurementDesk, who: Principal, docket: string): Promise<Answer<Presented<File>>> {
  const wanted = { docket, object: 'analysis', thing: 'bundle' } as const
  const answer = await withDocket<Presented<File>>(desk, who, wanted, async (tx, seen) => {
    const newest = (await listPapersOf(tx, seen, ['analysis'])).findLast(({ title }) => title === 'Bundle')
    const bytes = newest === undefined ? null : await openPaper(desk, tx, seen, newest.id)
    if (bytes === null) return NOT_FOUND
    const shown = presentDocket(who, subjectOf(seen.row, true), { bytes, mediaType: 'application/x-tar', name: 'bundle.tar' })
    return shown === null ? NOT_FOUND : done(shown)
  })
  if (answer.ok) await unblind(desk, docket)
  return answer
}

const REPORT_FILES = {
  report: ['report.html', 'text/html; charset=utf-8'],
  public: ['public.html', 'text/html; charset=utf-8'],
  json: ['figures.json', 'application/json'],
} as const
export type ReportPart = keyof typeof REPORT_FILES

/** Whether somebody asks for a part that there is. */
export function isReportPart(text: string): text is ReportPart {
  return Object.hasOwn(REPORT_FILES, text)
}

/** The newest report, its public page or its data, as both sides may sign it. */
export async function readDocketReport(
  desk: MeasurementDesk,
  who: Principal,
  docket: string,
  part: ReportPart,
): Promise<Answer<Presented<File>>> {
  const [name, mediaType] = REPORT_FILES[part]
  return await withDocket(desk, who, { docket, object: 'report', thing: part }, async (tx, seen) => {
    const newest = (await listPapersOf(tx, seen, ['report'])).findLast(({ of }) => of === name)
    const bytes = newest === undefined ? null : await openPaper(desk, tx, seen, newest.id)
    if (bytes === null) return NOT_FOUND
    const shown = presentDocket(who, subjectOf(seen.row, true), { bytes, mediaType, name })
    return shown === null ? NOT_FOUND : done(shown)
  })
}
