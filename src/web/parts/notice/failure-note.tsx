import { problemOf } from '../../api/failure.ts'
import { CopyButton } from '../copy-button.tsx'

/** What was not done, what is safe, what to do, and a code to copy. Stands where the act was. */
export function FailureNote({ error, not, safe }: { error: unknown; not: string; safe?: string }) {
  const problem = problemOf(error)
  const code = problem ? [problem.code, problem.trace].filter(Boolean).join(' ') : 'no-answer'
  return (
    <div className="note alarm" role="alert">
      <p>
        <b>{not}</b> {problem ? (problem.detail ?? `${problem.title}.`) : 'No answer came from the server.'} {safe}
      </p>
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
