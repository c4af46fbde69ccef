import { useQuery } from '@tanstack/react-query'
import { meQuery, tallyQuery } from '../../api/queries.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { fullInstant } from '../../parts/time/format.ts'
import { HowToReport } from './how-to-report.tsx'
import { LedgerHead } from './ledger-head.tsx'
import { Rules } from './rules.tsx'
import { sentence } from './sentence.ts'
import { Steps } from './steps.tsx'

/** What anyone may see: the counts in a sentence and as bars, the ledger, the rules, and how to report. */
export function PublicPage() {
  const tally = useQuery(tallyQuery)
  const { data: me } = useQuery(meQuery)
  usePageTitle('In public')
  if (tally.error && !tally.data) return <FailureNote error={tally.error} not="The counts are not shown." />
  if (!tally.data) return <Waiting rows={8} what="the counts" />
  const { data } = tally
  return (
    <div className="public">
      <h1 className="big">{sentence(data.steps)}</h1>
      <p className="i2">
        As of <b>{fullInstant(Date.parse(data.asOf))}</b>; counted again at {fullInstant(Date.parse(data.nextAt))}. Between two
        counts nothing here moves, so that it answers nobody whether a report was new.
      </p>
      <div className="pubgrid">
        <Steps steps={data.steps} />
        <aside className="stack wide">
          <LedgerHead ledger={data.ledger} />
        </aside>
      </div>
      <div className="pubgrid even">
        <Rules rules={data.rules} />
        <HowToReport contact={me?.instance.contact ?? null} />
      </div>
    </div>
  )
}
