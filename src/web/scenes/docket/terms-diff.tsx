import { Inert } from '../../parts/inert/inert.tsx'
import { lineDiff } from './line-diff.ts'

const SAY = { gone: 'taken out: ', come: 'put in: ' } as const

/** What a version changed against the one before; lines that stayed are left out. */
export function TermsDiff({ before, after }: { before: string; after: string }) {
  const lines = lineDiff(before, after)
  const changed = lines?.flatMap((line, n) => (line.how === 'same' ? [] : [{ how: line.how, text: line.text, n }])) ?? []
  if (lines === null) return <p className="s i2">The texts are too long to be compared here.</p>
  if (changed.length === 0) return <p className="s i2">The text is the same as before; only the facts above changed.</p>
  return (
    <details className="fold" open>
      <summary>{changed.length} lines changed against the version before</summary>
      <ul className="diff">
        {changed.map(({ how, text, n }) => (
          <li key={n} className={how}>
            <span className="vh">{SAY[how]}</span>
            <span aria-hidden="true">{how === 'gone' ? '− ' : '+ '}</span>
            <Inert text={text} />
          </li>
        ))}
      </ul>
    </details>
  )
}
