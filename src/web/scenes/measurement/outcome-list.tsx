import type { AnalysisOut } from '../../../contract/shapes/measurement.ts'

const SAYS: readonly (readonly [AnalysisOut['computed'], string, string])[] = [
  ['met', 'Met', 'the whole interval lies above, in the other analyses too'],
  ['not-met', 'Not met', 'the whole interval lies below, in the other analyses too'],
  ['undetermined', 'Undetermined', 'the measurement does not tell'],
  ['not-assessable', 'Not assessable', 'the data are too few or an edge case holds'],
]

/** The four outcomes at equal size and weight; the one that the rule computed is marked by an edge and a word, not by a colour. */
export function OutcomeList({ computed }: { computed: AnalysisOut['computed'] }) {
  return (
    <ul className="plain outcomes">
      {SAYS.map(([outcome, name, says]) => (
        <li key={outcome} className={outcome === computed ? 'is' : ''}>
          <span className={`outcomemark ${outcome}`} aria-hidden="true" />
          <span>
            <b>{name}</b>
            {outcome === computed ? <span className="vh">, computed</span> : null}
            <span className="second xs i2">{says}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}
