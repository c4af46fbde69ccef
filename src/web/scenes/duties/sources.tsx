import type { DutyList } from '../../../contract/shapes/duty.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { dayWords } from './words.ts'

/** The texts that the duties come from, by name and place, each once. */
export function Sources({ list }: { list: DutyList }) {
  const texts = new Map(list.rows.map(({ instrument }) => [instrument.id, instrument]))
  return (
    <div className="stack tight s i2 sources">
      <h3 id="duty-sources">Sources</h3>
      <ul className="dots" aria-labelledby="duty-sources">
        {[...texts.values()].map((one) => (
          <li key={one.id}>
            <b>
              <Inert text={one.name} />
            </b>
            : <Inert text={one.source} />. Days count from {dayWords(one.from)}.
          </li>
        ))}
      </ul>
    </div>
  )
}
