import { useState } from 'react'
import type { EdgeDeviceOut, EdgeDueOut, EdgeOwnOut } from '../../../contract/shapes/edge-device.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { When } from '../../parts/time/when.tsx'
import { DropForGood } from './drop-for-good.tsx'
import { EdgeActForm } from './edge-act-form.tsx'
import { edgeDevicePath } from './edge-queries.ts'
import { DONE, deedsOf, HISTORY } from './edge-words.ts'

const STATES: Readonly<Record<EdgeDueOut['state'], string>> = {
  late: 'Late',
  soon: 'Within 72 hours',
  later: 'Open',
  done: 'Done',
}

/** Every row of the directive for one device, what can be said of it, and all that was said. */
export function EdgeOpen({ of }: { of: EdgeDeviceOut | EdgeOwnOut }) {
  const [acting, setActing] = useState<{ readonly deed: EdgeDueOut['deed']; readonly how: 'done' | 'reopen' } | null>(null)
  const { open, done } = deedsOf(of)
  return (
    <div className="actionopen stack opens">
      {'plain' in of && of.milestones.length > 0 ? (
        <div className="plaincols">
          {Object.entries({ 'What it is': of.plain.what, 'What to do first': of.plain.first, 'Whom to ask': of.plain.ask }).map(
            ([head, says]) => (
              <div key={head}>
                <h2 className="label">{head}</h2>
                <p>{says}</p>
              </div>
            ),
          )}
        </div>
      ) : null}
      {of.milestones.length === 0 ? null : <Rows of={of.milestones} />}
      {acting === null ? (
        <p className="row wrap">
          {open.map((deed) => (
            <button key={deed} type="button" className="btn small" onClick={() => setActing({ deed, how: 'done' })}>
              {DONE[deed]}
            </button>
          ))}
          {done.map((deed) => (
            <button key={deed} type="button" className="btn small" onClick={() => setActing({ deed, how: 'reopen' })}>
              Open again: {HISTORY[deed][0]}
            </button>
          ))}
        </p>
      ) : (
        <EdgeActForm key={`${acting.deed} ${acting.how}`} id={of.id} {...acting} close={() => setActing(null)} />
      )}
      {of.history.length === 0 ? null : (
        <div className="stack tight">
          <h2 className="label">What was said</h2>
          <ol className="stack tight">
            {of.history.map(({ at, deed, how, says }) => (
              <li key={`${at} ${deed} ${how}`} className="s">
                <When at={at} full /> <b>{HISTORY[deed][how === 'done' ? 0 : 1]}</b>
                <div className="i2">
                  <Inert text={says} breaks />
                </div>
              </li>
            ))}
          </ol>
        </div>
      )}
      {'name' in of && (of.byHand || of.history.length > 0) ? <DropDevice of={of} /> : null}
    </div>
  )
}

function Rows({ of }: { of: readonly EdgeDueOut[] }) {
  return (
    <table className="blocks edgerows">
      <caption className="vh">What BOD 26-02 asks</caption>
      <thead>
        <tr>
          <th scope="col" className="w-by">
            By
          </th>
          <th scope="col">What is asked</th>
          <th scope="col" className="w-state">
            It stands
          </th>
          <th scope="col" className="num w-row">
            Row
          </th>
        </tr>
      </thead>
      <tbody>
        {of.map(({ row, due, says, state, assumed, doneAt }) => (
          <tr key={row}>
            <td>
              <When at={due} full />
            </td>
            <td>
              {says}
              {assumed === null ? null : (
                <div className="xs">
                  <span className="tag assumed">assumed</span> {assumed}
                </div>
              )}
            </td>
            <td className={state === 'late' ? 'alarm' : ''}>
              {STATES[state]}
              {doneAt === null ? null : (
                <div className="xs i3">
                  <When at={doneAt} full />
                </div>
              )}
            </td>
            <td className="num" data-label="Row">
              {row}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function DropDevice({ of }: { of: EdgeDeviceOut }) {
  return (
    <DropForGood path={edgeDevicePath(of.id)} label="Drop what was written of it">
      Its key is destroyed: nobody can read it or its history again.
      {of.inventory === null ? '' : ' The tags of its asset stay, and so does the device as they name it.'}
    </DropForGood>
  )
}
