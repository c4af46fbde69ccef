import { useState } from 'react'
import { client } from '../../api/client.ts'
import { problemOf } from '../../api/failure.ts'
import { CopyButton } from '../copy-button.tsx'

/** What was not done, what is safe, what to do, and a code to copy. Stands where the act was. */
export function FailureNote({ error, not, safe }: { error: unknown; not: string; safe?: string }) {
  const [answered, setAnswered] = useState<unknown>(null)
  const problem = problemOf(error)
  const code = problem ? [problem.code, problem.trace].filter(Boolean).join(' ') : 'no-answer'
  const readAgain = async () => {
    await client.invalidateQueries()
    setAnswered(error)
  }
  if (answered === error) return null
  return (
    <div className="note alarm" role="alert">
      <p>
        <b>{not}</b> {problem ? says(problem) : 'No answer came from the server.'} {safe}
      </p>
      {problem?.code === 'flaw.changed' ? (
        <p>
          <button type="button" className="btn small" onClick={() => void readAgain()}>
            Read it again
          </button>
        </p>
      ) : null}
      {problem?.where ? (
        <p className="i2">
          Where: <code className="break">{problem.where}</code>
        </p>
      ) : null}
      <p className="row wrap xs i3">
        <code className="break">{code}</code>
        <CopyButton text={code} label="Copy code" />
      </p>
    </div>
  )
}

/** Somebody else's change is the fact; what to do about it is the button's. */
function says({ code, title, detail }: { code: string; title: string; detail?: string | undefined }): string {
  return code === 'flaw.changed' ? `${title}.` : (detail ?? `${title}.`)
}
