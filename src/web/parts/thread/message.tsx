import type { MessageOut } from '../../../contract/shapes/flaw.ts'
import { Inert, Stretches } from '../inert/inert.tsx'
import { When } from '../time/when.tsx'

/** One message: who, whose, when, and plain text. */
export function Message({ message }: { message: MessageOut }) {
  return (
    <li className={message.mine ? 'mine' : ''}>
      <p className="s">
        <b>
          <Inert text={message.who} />
        </b>
        {message.organisation ? (
          <span className="i2">
            , <Inert text={message.organisation} />
          </span>
        ) : null}{' '}
        <span className="xs i3">
          <When at={message.at} />
        </span>
      </p>
      <div className="inert said" dir="auto">
        <Stretches text={message.text} limit={20_000} />
      </div>
    </li>
  )
}
