import type { PatchOut } from '../../../contract/shapes/validation.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { InertBlock } from '../../parts/inert/inert-block.tsx'
import { visibleText } from '../../parts/inert/visible-text.ts'
import { Icon, type IconName } from '../../parts/marks/icon.tsx'
import { RUNG, RUNG_OUTCOME, STANDING } from './words.ts'

const ICON: Record<PatchOut['rungs'][number]['outcome'], IconName> = {
  passed: 'check',
  failed: 'cross',
  'not-run': 'dash',
  'not-possible': 'dash',
}

/** Each patch with every rung of the ladder, also those that did not run; the diff is shown as text. */
export function Patches({ patches }: { patches: readonly PatchOut[] }) {
  return (
    <div>
      {patches.map((patch) => (
        <details key={patch.patch} className="fold">
          <summary>
            <b>{patch.letter}</b> <Inert className="mono" text={patch.name} /> <b>{STANDING[patch.standing]}</b>{' '}
            <span className="i2">
              <Inert text={patch.say} />
            </span>
          </summary>
          <div className="stack">
            <table className="blocks rungs">
              <caption className="vh">Rungs of patch {patch.letter}</caption>
              <thead>
                <tr>
                  <th scope="col" className="c-rung">
                    Rung
                  </th>
                  <th scope="col" className="c-went">
                    Outcome
                  </th>
                  <th scope="col">What was seen</th>
                </tr>
              </thead>
              <tbody>
                {patch.rungs.map((rung) => (
                  <tr key={rung.rung}>
                    <td>{RUNG[rung.rung]}</td>
                    <td className={rung.outcome === 'passed' || rung.outcome === 'failed' ? '' : 'i3'}>
                      <span className="mark">
                        <Icon name={ICON[rung.outcome]} />
                        {RUNG_OUTCOME[rung.outcome]}
                      </span>
                    </td>
                    <td>
                      <Inert text={rung.say} />
                      {rung.notes.map((note) => (
                        <span key={note} className="xs i3 byline">
                          <Inert text={note} />
                        </span>
                      ))}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            {patch.diff === null ? (
              <p className="xs i3">The patch is not text that can be shown.</p>
            ) : (
              <InertBlock mono text={patch.diff} from={`patch ${visibleText(patch.name, 80)}`} />
            )}
          </div>
        </details>
      ))}
    </div>
  )
}
