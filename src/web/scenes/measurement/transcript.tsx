import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { usePageTitle } from '../../frame/page-title.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { InertBlock } from '../../parts/inert/inert-block.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { When } from '../../parts/time/when.tsx'
import { docketQuery } from '../docket/queries.ts'
import { NotShown } from '../nowhere/not-shown.tsx'
import { MarkForm } from './mark-form.tsx'
import { transcriptQuery } from './queries.ts'
import { sayCall } from './say-call.ts'

const CHAIN = {
  whole: 'Every line holds the hash of the one before; none is missing.',
  broken: 'The chain of hashes is broken: lines are missing or were changed.',
  none: 'This transcript came from another tool and has no chain of hashes.',
} as const

/** One attempt, word for word. All of it is hostile text: shown plain, nothing in it can be clicked or loaded. */
export function Transcript() {
  const { id, run, n } = useParams({ strict: false }) as { id: string; run: string; n: string }
  const { data, error } = useQuery(transcriptQuery(id, run, n))
  const docket = useQuery(docketQuery(id))
  usePageTitle(data?.task ?? 'Transcript')
  if (error && !data) return <NotShown error={error} not="The transcript is not shown." />
  if (!data) return <Waiting rows={12} what="the transcript" />
  return (
    <div className="stack">
      <div>
        <p className="s">
          <Link to="/dockets/$id/runs/$run" params={{ id, run }}>
            The run set
          </Link>
        </p>
        <h1>
          <Inert text={data.task} />
        </h1>
        <p className="i2">
          Attempt <Inert text={data.attempt} />. Plain text of a model and of programs that it ran; nothing here is ours.
        </p>
        <p className={data.chain === 'broken' ? 'note alarm' : 's i3'}>{CHAIN[data.chain]}</p>
        {data.withheld > 0 ? (
          <p className="s i3">
            {data.withheld} lines of reasoning belong to the developer’s compartment and are not shown to you.
          </p>
        ) : null}
      </div>
      <ol className="thread transcript">
        {data.lines.map((line) => (
          <li key={line.n}>
            <p className="s">
              <b>{line.who}</b> <span className="i3">{line.kind}</span>{' '}
              {line.at ? (
                <span className="xs i3">
                  <When at={line.at} seconds full />
                </span>
              ) : null}
            </p>
            <InertBlock
              text={line.kind === 'call' ? sayCall(line.text) : line.text}
              from={`${line.who}, line ${line.n}`}
              mono
            />
          </li>
        ))}
      </ol>
      {docket.data?.may.includes('analyse') ? <MarkForm docket={id} run={run} n={data.n} /> : null}
    </div>
  )
}
