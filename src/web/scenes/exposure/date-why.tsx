import type { ActionOut, Reading, RuleInput, WhyDate } from '../../../contract/shapes/exposure.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { fullInstant } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'
import { dayName, inputName, inputValue, plainInstants, READINGS } from './words.ts'

/** Why this date: what went into the rule and who said it, each way to count, the dates before and why each moved. */
export function DateWhy({ action: { due, why } }: { action: ActionOut }) {
  return (
    <div className="stack tight">
      <div className="datewhy">
        <div>
          <h2 className="label">{due === null ? 'Why there is no date' : `Why ${dayName(due)}`}</h2>
          <p className="xs i3">
            <code>{why.directive}</code>
            {why.row === null ? '' : `, row ${why.row}`}: <Inert text={why.outcome} />
          </p>
          <table className="inputs">
            <caption className="vh">What went into the rule</caption>
            <colgroup>
              <col className="w-input" />
              <col className="w-value" />
              <col />
            </colgroup>
            <tbody>
              {why.inputs.map((one) => (
                <Input key={`${one.input} ${one.value} ${one.source}`} of={one} />
              ))}
            </tbody>
          </table>
        </div>
        <div>
          <h2 className="label">{waysToCount(why.readings)}</h2>
          <table className="readings">
            <caption className="vh">Ways to count the date</caption>
            <colgroup>
              <col />
              <col className="w-instant" />
            </colgroup>
            <tbody>
              {why.readings.map((one) => (
                <tr key={one.reading} className={one.counts ? 'counts' : ''}>
                  <td>
                    <span className={one.counts ? 'b' : ''}>{READINGS[one.reading]}</span>
                    {one.counts ? <span className="i3"> · this one counts</span> : null}
                    <span className="second xs i3">
                      <Inert text={plainInstants(one.says)} />
                    </span>
                  </td>
                  <td className={`num ${one.counts ? 'b' : ''}`}>
                    {one.due === null ? <span className="i3">no date</span> : <When at={one.due} full />}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <History of={why.history} />
        </div>
      </div>
      {why.analogy === null ? null : (
        <p className="xs i2">
          <Inert text={why.analogy} />
        </p>
      )}
    </div>
  )
}

function Input({ of }: { of: RuleInput }) {
  return (
    <tr>
      <th scope="row">{inputName(of.input)}</th>
      <td className="b">
        <Inert text={inputValue(of)} />
      </td>
      <td className="i2">
        {of.assumed === null ? (
          <>
            <Inert text={of.source} />
            {of.at === null ? null : (
              <>
                , <When at={of.at} />
              </>
            )}
          </>
        ) : (
          <>
            <span className="tag assumed">Assumed</span> <Inert text={of.assumed} />
          </>
        )}
      </td>
    </tr>
  )
}

function waysToCount(readings: readonly Reading[]): string {
  return (
    ['No way to count', 'How it is counted', 'Two ways to count', 'Three ways to count'][readings.length] ?? 'Ways to count'
  )
}

function History({ of }: { of: WhyDate['history'] }) {
  if (of.length === 0) return <p className="xs i3 datehistory">The date has not moved.</p>
  return (
    <div className="datehistory">
      <h2 className="label">Dates before</h2>
      <ul className="s dots">
        {of.map((one) => (
          <li key={`${one.at} ${one.due}`}>
            <s>{one.due === null ? 'no date' : fullInstant(Date.parse(one.due))}</s>{' '}
            <span className="i3">
              (<Inert text={one.outcome} />)
            </span>
            , until <When at={one.at} />: <Inert text={one.because} />
          </li>
        ))}
      </ul>
    </div>
  )
}
