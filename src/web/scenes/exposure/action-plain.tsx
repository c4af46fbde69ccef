import type { ActionOut } from '../../../contract/shapes/exposure.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { visibleText } from '../../parts/inert/visible-text.ts'
import { listed } from './words.ts'

/** For people without a security team: what it is, what to do first, whom to ask, and what to tell them. */
export function ActionPlain({ action }: { action: ActionOut }) {
  const { plain, component, from, to, assets } = action
  const tell = [
    visibleText(component),
    from.length > 0 ? `version ${visibleText(listed(from, 10))}` : null,
    to === null ? null : `to ${visibleText(to)}`,
    `on ${visibleText(
      listed(
        assets.map(({ asset }) => asset),
        10,
      ),
    )}`,
    action.flaws
      .map(({ id }) => visibleText(id))
      .slice(0, 10)
      .join(', '),
  ]
    .filter(Boolean)
    .join(', ')
  return (
    <div className="plaincols">
      <div>
        <h2 className="label">What it is</h2>
        <p>{plain.what}</p>
      </div>
      <div>
        <h2 className="label">What to do first</h2>
        <p>{plain.first}</p>
      </div>
      <div>
        <h2 className="label">Whom to ask</h2>
        <p>{plain.ask}</p>
        <p className="xs i3 break">
          <Inert text={tell} />
        </p>
        <CopyButton text={tell} label="Copy what to tell them" />
      </div>
    </div>
  )
}
