import { useState } from 'react'
import { Stretches } from './inert.tsx'

const FIRST = 20_000

/** A long text from a report, set off by a rule with its sender named; height capped, the rest on request. */
export function InertBlock({ text, from, mono = false }: { text: string; from: string; mono?: boolean }) {
  const [whole, setWhole] = useState(false)
  const limit = whole ? 400_000 : FIRST
  return (
    <div className="stack tight">
      <section
        className={`inert block ${mono ? 'mono' : ''}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={`Text from ${from}, as sent`}
        translate="no"
        dir="auto"
      >
        <Stretches text={text} limit={limit} />
      </section>
      {text.length > limit ? (
        <div className="row xs i3">
          {limit.toLocaleString('en')} of {text.length.toLocaleString('en')} characters shown
          {whole ? null : (
            <button type="button" className="btn small plain" onClick={() => setWhole(true)}>
              Show more
            </button>
          )}
        </div>
      ) : null}
    </div>
  )
}
