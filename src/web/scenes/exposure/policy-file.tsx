import { useId } from 'react'
import { Inert } from '../../parts/inert/inert.tsx'
import type { PolicyText } from './policy-text.ts'

const MOST = 200_000

/** One's own policy as a file, read as it is written; what is wrong stands below with its place. */
export function PolicyFile({ text, setText, read }: { text: string; setText: (text: string) => void; read: PolicyText }) {
  const id = useId()
  return (
    <div className="stack tight">
      <label className="label" htmlFor={id}>
        The policy
      </label>
      <textarea
        id={id}
        className="mono"
        rows={18}
        spellCheck={false}
        value={text}
        maxLength={MOST}
        aria-invalid={!read.ok}
        aria-describedby={`${id}-read`}
        onChange={(event) => setText(event.target.value)}
      />
      <div id={`${id}-read`} role="status">
        {read.ok ? (
          <p className="xs i3">
            It fits the <a href="/v1/exposure/policy-schema">published form</a>. The first rule whose conditions all hold
            decides. A changed policy needs a new version.
          </p>
        ) : (
          <ul className="s wrongs">
            {read.problems.slice(0, 10).map((one) => (
              <li key={`${one.at} ${one.says}`} className="alarm">
                <code className="break">
                  <Inert text={one.at || 'The file'} />
                </code>{' '}
                <Inert text={one.says} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}
