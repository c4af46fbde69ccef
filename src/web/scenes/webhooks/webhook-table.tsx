import type { ActWebhook, WebhookOut } from '../../../contract/shapes/project.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { count } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'

const STATE: Readonly<Record<WebhookOut['state'], string>> = { active: 'On', off: 'Off', failed: 'Turned off: it failed' }

interface TableProps {
  readonly rows: readonly WebhookOut[]
  readonly busy: boolean
  readonly act: (id: string, what: ActWebhook['do']) => void
}

/** Targets with what came of the last deliveries. */
export function WebhookTable({ rows, busy, act }: TableProps) {
  return (
    <table className="blocks webhooks">
      <caption className="vh">Webhooks</caption>
      <thead>
        <tr>
          <th scope="col">Address</th>
          <th scope="col" className="c-state">
            State
          </th>
          <th scope="col" className="num c-waits">
            Waiting
          </th>
          <th scope="col" className="c-made">
            Made
          </th>
          <th scope="col" className="c-webacts">
            <span className="vh">Acts</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <Inert className="mono" text={row.url} breaks />
              <div className="xs i3">
                <Inert text={row.says} />
              </div>
            </td>
            <td className={row.state === 'failed' ? 'soon b' : ''}>{STATE[row.state]}</td>
            <td className="num" data-label="Waiting">
              {count(row.waiting)}
            </td>
            <td data-label="Made">
              <When at={row.madeAt} />
            </td>
            <td>
              <div className="row wrap">
                {(row.state === 'active' ? (['test', 'rotate', 'turn-off'] as const) : (['turn-on'] as const)).map((what) => (
                  <button
                    key={what}
                    type="button"
                    className="btn small"
                    disabled={busy}
                    aria-label={`${WORD[what]}: ${row.url.slice(0, 80)}`}
                    onClick={() => act(row.id, what)}
                  >
                    {WORD[what]}
                  </button>
                ))}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const WORD: Readonly<Record<ActWebhook['do'], string>> = {
  test: 'Send a test',
  rotate: 'New secret',
  'turn-off': 'Turn off',
  'turn-on': 'Turn on',
}
