import type { PartyOut } from '../../../contract/shapes/case.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { duration, fullInstant } from '../../parts/time/format.ts'
import { ConsentMark, ReportMark, StatusWord, StepMark } from './party-marks.tsx'
import { isAsked, workOn } from './standing.ts'
import { HIDES, JUSTIFICATION, KIND } from './words.ts'

/** One party: what it made of the report, its consent, its fix, what it says it is, and its last word. */
export function PartyRow({ party, flaw, now }: { party: PartyOut; flaw: string | null; now: number }) {
  const work = workOn(party, flaw)
  const known = party.lastWordAt !== null
  const justification = work?.status?.justification ?? null
  return (
    <tr>
      <th scope="row">
        <span className="b">{party.name === null ? <i>{HIDES}</i> : <Inert text={party.name} />}</span>
        <span className="second xs i3">
          {KIND[party.kind]}
          {party.tier > 0 ? `, tier ${party.tier}` : ''}
          {party.you ? ', you' : ''}
          {party.hides && party.name !== null ? ', hides that it takes part' : ''}
          {party.reads === 'content' ? '' : party.reads === 'invitation' ? ', reads the terms only' : ', reads nothing'}
        </span>
      </th>
      <td data-label="Report">
        {isAsked(party) || party.report !== 'start' ? <ReportMark party={party} /> : <span className="i3">not asked</span>}
      </td>
      <td data-label="Embargo">
        <ConsentMark party={party} />
      </td>
      {isAsked(party) || work ? (
        <>
          <td data-label="Fix">
            <StepMark work={work} known={known} />
            {work?.step === 'VFD' && work.deployed !== null ? (
              <span className="second xs i3">{Math.round(work.deployed * 100)} % of what runs</span>
            ) : null}
          </td>
          <td data-label="Says it is">
            <StatusWord work={work} />
            {justification ? <span className="second xs i3">{JUSTIFICATION[justification]}</span> : null}
            {work?.stated && party.you ? <span className="second xs soon">a second person confirms</span> : null}
          </td>
        </>
      ) : (
        <td colSpan={2} className="i3" data-label="Fix">
          not asked
        </td>
      )}
      <td className="num" data-label="Last word">
        <LastWord at={party.lastWordAt} now={now} />
      </td>
    </tr>
  )
}

function LastWord({ at, now }: { at: string | null; now: number }) {
  const ms = at === null ? Number.NaN : Date.parse(at)
  if (Number.isNaN(ms)) return <span className="i3">never</span>
  const ago = duration(Math.max(0, now - ms))
    .split(' ')
    .slice(0, 2)
    .join(' ')
  return (
    <time dateTime={at!} title={fullInstant(ms)}>
      {now - ms < 60_000 ? 'now' : ago}
    </time>
  )
}
