import { hash } from 'node:crypto'
import type { AnalysisFigures } from '../../../core/evaluation/figures/shape.ts'
import { makeBundle, reportFiles } from '../../../core/evaluation/report/bundle.ts'
import { parseSettings } from '../../../core/evaluation/report/settings-file.ts'
import { parseRows, parseTasks } from '../../../core/evaluation/report/table-files.ts'
import { readTar } from '../../../core/evaluation/report/tar.ts'
import { formatInstant } from '../../../core/kernel/instant.ts'
import { inTransaction } from '../../store/connection.ts'
import { done } from '../answer.ts'
import { tellDocket } from '../docket/command-docket.ts'
import { type LoadedDocket, loadDocket } from '../docket/load-docket.ts'
import { addPaper, listPapersOf, readPaperBytes, textDigest } from '../docket/papers.ts'
import type { KeptAnalysis } from './analyse.ts'
import { signatureFile } from './bundle-signature.ts'
import type { MeasurementDesk } from './measurement-desk.ts'

/**
 * Makes the report of a recorded determination from the figures that its outcome was computed from, with its public page and a bundle
 * that holds both. Nothing where nothing was measured. The bytes follow from what is stored, so that made twice they are the same.
 */
export async function makeReport(desk: MeasurementDesk, id: string): Promise<void> {
  const found = await inTransaction(desk.store, 'all', async (tx) => {
    const loaded = await loadDocket(desk, tx, id)
    if (loaded === null || loaded.docket.determination === null || loaded.docket.closing !== null) return null
    const all = await listPapersOf(tx, loaded, ['analysis'])
    // Of the newest plan that gave an outcome: it is the one that the office saw last.
    const plan = loaded.docket.plans.findLast(({ digest }) => all.some(({ of }) => of === `outcome:${digest}`))
    const papers = all.filter(({ of }) => plan !== undefined && of === `outcome:${plan.digest}`)
    const kept = papers.findLast(({ title }) => title === 'Figures')
    const bundle = papers.findLast(({ title }) => title === 'Bundle')
    const texts = kept && (await readPaperBytes(desk, tx, loaded, kept.id))
    const tar = bundle && (await readPaperBytes(desk, tx, loaded, bundle.id, 1 << 30))
    return texts && tar ? { loaded, kept: JSON.parse(texts.toString('utf8')) as KeptAnalysis, tar } : null
  })
  if (found === null) return
  const made = remade(desk, found.loaded, found.kept, found.tar)
  const digests = { digest: textDigest(made.report), publicDigest: textDigest(made.public) }
  const told = await tellDocket(desk, id, (loaded) =>
    done({
      command: { do: 'report-made', ...digests },
      async store(tx) {
        const known = await listPapersOf(tx, loaded, ['report'])
        if (known.some(({ digest }) => digest === digests.digest)) return
        const paper = { person: null }
        await addPaper(desk, tx, loaded, {
          ...paper,
          object: 'report',
          title: 'Report',
          of: 'report.html',
          content: made.report,
        })
        await addPaper(desk, tx, loaded, {
          ...paper,
          object: 'report',
          title: 'Report as data',
          of: 'figures.json',
          content: made.json,
        })
        await addPaper(desk, tx, loaded, {
          ...paper,
          object: 'report',
          title: 'Public page',
          of: 'public.html',
          content: made.public,
        })
        await addPaper(desk, tx, loaded, { ...paper, object: 'analysis', title: 'Bundle', of: 'report', content: made.tar })
      },
    }),
  )
  // A docket that began to close meanwhile has no report to make any more.
  if (!told.ok && told.code !== 'docket.closed' && told.code !== 'docket.refused') throw new Error(`no report: ${told.code}`)
}

function remade(desk: MeasurementDesk, { docket }: LoadedDocket, kept: KeptAnalysis, tar: Buffer) {
  const { recorded, departs, at } = docket.determination!
  const files = readTar(tar)
  const text = (name: string) => Buffer.from(files?.get(name) ?? []).toString('utf8')
  const [rows, tasks, settings] = [
    parseRows(text('rows.csv')),
    parseTasks(text('tasks.csv')),
    parseSettings(text('settings.json')),
  ]
  if (rows === null || tasks === null || settings === null) throw new Error('a stored bundle cannot be read')
  const facts = { ...settings.facts, recorded: { as: recorded, departs, at: formatInstant(at) } }
  const { sources: _, ...figures }: KeptAnalysis['figures'] = kept.figures
  const bare: AnalysisFigures = figures
  const plan = files?.has('plan.json') ? text('plan.json') : null
  const sha256 = (bytes: Uint8Array) => hash('sha256', bytes, 'hex')
  const bundle = makeBundle({ ...settings.input, rows, tasks }, bare, facts, plan, sha256, (list) =>
    signatureFile(desk.keys, list),
  )
  const pages = reportFiles(bare, facts)
  const page = (name: 'report.html' | 'public.html' | 'figures.json') => Buffer.from(pages.get(name) ?? '')
  return { report: page('report.html'), public: page('public.html'), json: page('figures.json'), tar: bundle.tar }
}
