import type { RelayOut } from '../../../contract/shapes/relay.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { InertBlock } from '../../parts/inert/inert-block.tsx'
import { bytes } from '../../parts/time/format.ts'
import { sentFields } from './relay-words.ts'

/** Above this many characters, or over several lines, a field stands in a block of its own. */
const SHORT = 120

/** Exactly what is sent, field by field under the other side's names, and the files that go with it. */
export function RelaySends({ relay: { sends, files, digest } }: { relay: RelayOut }) {
  const fields = sentFields(sends)
  return (
    <section className="stack tight" aria-label="What is sent">
      <h3>What is sent</h3>
      {fields === null ? <InertBlock text={sends} from="the draft" mono /> : null}
      {fields?.map(({ name, text }) =>
        text.length <= SHORT && !text.includes('\n') ? (
          <p key={name} className="s break">
            <Inert className="mono i3" text={name} /> <Inert text={text} />
          </p>
        ) : (
          <div key={name} className="stack tight">
            <p className="s">
              <Inert className="mono i3" text={name} />
            </p>
            <InertBlock text={text} from={`the field ${name}`} />
          </div>
        ),
      )}
      {files.length > 0 ? (
        <ul className="s dots">
          {files.map((one) => (
            <li key={one.name}>
              <Inert className="mono" text={one.name} />{' '}
              <span className="i3">
                <Inert text={one.kind} />, {bytes(one.bytes)}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="s i3">No file goes with it.</p>
      )}
      <p className="xs i3 break">
        SHA-256 of it all <code>{digest}</code>
      </p>
    </section>
  )
}
