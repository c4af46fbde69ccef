import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { ReportAnswer } from '../../../contract/shapes/report.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { download } from '../../parts/download.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { count } from '../../parts/time/format.ts'
import { Items } from '../reports/items.tsx'
import { countsInWords } from '../reports/outcome.ts'

interface AnswerProps {
  readonly answer: ReportAnswer
  readonly name: string
  readonly signedIn: boolean
  readonly onAnother: () => void
}

/** What became of a report: counts in a sentence, the receipts, and every item with what to mend. */
export function Answer({ answer, name, signedIn, onAnother }: AnswerProps) {
  usePageTitle('Report answered')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const receipts = answer.items.flatMap((item) => (item.receipt ? [item.receipt] : []))
  const total = Object.values(answer.counts).reduce((sum, n) => sum + n, 0)
  return (
    <div className="stack wide">
      <div className="stack tight">
        <h1 ref={heading} tabIndex={-1}>
          {total === 1 ? 'Your report was answered' : `${count(total)} items were answered`}
        </h1>
        <p>
          <Inert text={name} />: {countsInWords(answer.counts)}.
          {answer.complete
            ? ''
            : ' The upload was cut: what is listed is stored. Send the file again with the same key to go on.'}
        </p>
      </div>
      {receipts.length > 0 ? (
        <section className="note stack tight">
          <p>
            <b>{receipts.length === 1 ? 'Keep the receipt.' : 'Keep the receipts.'}</b>{' '}
            {signedIn
              ? 'Your organisation also finds them under Reports.'
              : 'It is the only way back to this report: whoever holds it sees the status.'}
          </p>
          {receipts.length === 1 ? (
            <p className="row wrap">
              <code className="b break">{receipts[0]}</code>
            </p>
          ) : null}
          <div className="row wrap">
            <CopyButton
              text={receipts.join('\n')}
              label={receipts.length === 1 ? 'Copy the receipt' : `Copy ${count(receipts.length)} receipts`}
            />
            <button
              type="button"
              className="btn small"
              onClick={() => download(`weir-${answer.report}.json`, JSON.stringify(answer, null, 2))}
            >
              Download the answer
            </button>
            {receipts.length === 1 ? (
              <Link className="btn small" to="/status/$receipt" params={{ receipt: receipts[0]! }}>
                See the status
              </Link>
            ) : null}
          </div>
        </section>
      ) : null}
      <Items items={answer.items} />
      <p className="row wrap">
        <button type="button" className="btn" onClick={onAnother}>
          Send another report
        </button>
        {signedIn ? (
          <Link className="btn" to="/reports/$id" params={{ id: answer.report }}>
            Open the report
          </Link>
        ) : null}
      </p>
    </div>
  )
}
