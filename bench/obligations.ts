import { BOD_26_04_DIRECTIVE } from '../src/core/exposure/directives/bod-26-04.ts'
import type { Facts } from '../src/core/exposure/obligation/facts.ts'
import { oblige } from '../src/core/exposure/obligation/oblige.ts'
import { type Dated, dateIt, redate } from '../src/core/exposure/obligation/redate.ts'
import type { KevEntry } from '../src/core/exposure/obligation/signals.ts'
import { type Instant, parseInstant } from '../src/core/kernel/instant.ts'
import { kevCatalogue, priorityFolder, ratedCves } from '../src/devkit/priority-data.ts'

// What dates cost: every real CVE in two classes of assets, dated, explained, and re-dated when a new catalogue comes.

const CLASSES = ['public', 'internal'] as const
const FOUND = parseInstant('2026-12-08T09:00:00Z')!
const LEARNED = parseInstant('2026-12-09T09:00:00Z')!

export interface ObligationRow {
  readonly bench: string
  readonly [figure: string]: string | number
}

/** BOD 26-04 on the public priority data in the folder that WEIR_CORPUS names; no row without them. */
export function* benchObligations(): Generator<ObligationRow> {
  const folder = priorityFolder()
  if (folder === null) {
    process.stderr.write('bench obligations: WEIR_CORPUS names no folder with the priority data\n')
    return
  }
  const cves = ratedCves(folder)
  const [august, november] = [kevCatalogue(folder, 'august'), kevCatalogue(folder, 'november')]
  const facts = cves.flatMap(({ cve, signals }) =>
    CLASSES.map((exposure): Facts => {
      const said = { by: 'operator', source: 'bench', at: null }
      return {
        flaw: cve,
        cve,
        signals: { ...signals, kev: listing(august, cve) },
        assets: { exposure: { value: exposure, ...said }, environment: null, unit: null, type: null },
        identified: FOUND,
        humanImpact: null,
        bound: true,
      }
    }),
  )
  const explained = timed(() => facts.reduce((sum, one) => sum + (oblige(BOD_26_04_DIRECTIVE, one).row ?? 0), 0))
  yield { bench: 'obliged', items: facts.length, ...explained.took }
  const dated = timed(() => facts.map((one) => dateIt(BOD_26_04_DIRECTIVE, one)))
  yield { bench: 'dated', items: facts.length, ...dated.took }
  const again = timed(() => dated.value.map((one) => redate(one, change(november, one), BOD_26_04_DIRECTIVE)))
  const moved = again.value.filter(({ history }) => history.length > 0).length
  yield { bench: 're-dated', items: facts.length, moved, ...again.took }
}

function listing(catalogue: ReadonlyMap<string, KevEntry>, cve: string) {
  return { value: catalogue.get(cve) ?? null, by: 'feed:cisa-kev', source: 'catalogue', at: null as Instant | null }
}

function change(catalogue: ReadonlyMap<string, KevEntry>, { facts }: Dated) {
  return { of: 'kev', at: LEARNED, kev: listing(catalogue, facts.flaw) } as const
}

function timed<T>(work: () => T): { readonly value: T; readonly took: { readonly ms: number; readonly cpuMs: number } } {
  const [began, cpu] = [performance.now(), process.cpuUsage()]
  const value = work()
  return { value, took: { ms: Math.round(performance.now() - began), cpuMs: Math.round(process.cpuUsage(cpu).user / 1000) } }
}
