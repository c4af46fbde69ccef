import { useState } from 'react'
import type { AdvisoryContent } from '../../../core/advisories/content.ts'
import { contentProblem } from '../../../core/advisories/written.ts'
import { Field } from '../../parts/form/field.tsx'

/** Everything that is said, as JSON: references, credits, timeline and the rarer fields are written here. */
export function WholeContent({ content, set }: { content: AdvisoryContent; set: (content: AdvisoryContent) => void }) {
  const [open, setOpen] = useState(false)
  // What is being written; null while it says what the form says, so that neither overwrites the other.
  const [text, setText] = useState<string | null>(null)
  const problem = text === null ? null : problemOf(text)
  return (
    <details
      className="fold"
      onToggle={(event) => {
        setOpen((event.currentTarget as HTMLDetailsElement).open)
        setText(null)
      }}
    >
      <summary>References, credits, timeline and all other fields, as JSON</summary>
      {open ? (
        <div className="stack tight">
          <Field label="All of it" wrong={problem}>
            {(ids) => (
              <textarea
                {...ids}
                className="mono"
                rows={16}
                spellCheck={false}
                value={text ?? JSON.stringify(content, null, 2)}
                onChange={(event) => {
                  setText(event.target.value)
                  if (problemOf(event.target.value) === null) set(JSON.parse(event.target.value) as AdvisoryContent)
                }}
                onBlur={() => {
                  if (problem === null) setText(null)
                }}
              />
            )}
          </Field>
        </div>
      ) : null}
    </details>
  )
}

function problemOf(text: string): string | null {
  try {
    return contentProblem(JSON.parse(text))
  } catch {
    return 'This is no JSON.'
  }
}
