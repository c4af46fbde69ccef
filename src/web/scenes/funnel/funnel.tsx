import { useQuery } from '@tanstack/react-query'
import type { FunnelOut } from '../../../contract/shapes/case.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { download } from '../../parts/download.ts'
import { Empty } from '../../parts/notice/empty.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { count, fullInstant } from '../../parts/time/format.ts'
import { funnelQuery } from '../case/queries.ts'
import { NotShown } from '../nowhere/not-shown.tsx'
import { funnelCsv } from './funnel-csv.ts'
import { FunnelSteps } from './funnel-steps.tsx'
import { Missed } from './missed.tsx'

/** From found to deployed: each row counts flaws, with the share of the last step, the median wait, and what is held by whom. */
export function Funnel() {
  usePageTitle('Funnel')
  const { data, error } = useQuery(funnelQuery)
  if (error && !data) return <NotShown error={error} not="The funnel is not shown." />
  if (!data) return <Waiting rows={10} what="the funnel" />
  if (data.steps.length === 0) return <NotYet />
  return (
    <div className="funnel">
      <header className="stack tight">
        <h1 className="big">{sentenceOf(data)}</h1>
        <p className="i2">
          Each row counts flaws, not the reports they came in. The time is the median wait since the step before. For everyone
          but coordinators counts below 5 are withheld and the others are rounded down to fives. As of{' '}
          {fullInstant(Date.parse(data.asOf))}.
        </p>
      </header>
      <div className="pubgrid">
        <Missed missed={data.missed} />
        <section className="funnelmain stack" aria-label="Step by step">
          <FunnelSteps steps={data.steps} />
          <p>
            <button type="button" className="btn small" onClick={() => download('funnel.csv', funnelCsv(data), 'text/csv')}>
              Take it as CSV
            </button>
          </p>
        </section>
      </div>
    </div>
  )
}

/** Counts are taken once an hour; before the first time there are none, which is not zero. */
function NotYet() {
  return (
    <div>
      <h1>The funnel</h1>
      <Empty fact="It was not taken yet: flaws are counted once an hour." />
    </div>
  )
}

function sentenceOf({ steps }: FunnelOut): string {
  const found = steps.find(({ step }) => step === 'found')?.flaws ?? null
  const deployed = steps.find(({ step }) => step === 'deployed')?.flaws ?? null
  if (found === null) return 'Fewer than 5 flaws are found'
  if (found === 0) return 'No flaw is found yet'
  const flaws = `Of ${count(found)} flaws found`
  return deployed === null
    ? `${flaws}, fewer than 5 are fixed where people run them`
    : `${flaws}, ${count(deployed)} ${deployed === 1 ? 'is' : 'are'} fixed where people run them`
}
