import { Button } from 'react-aria-components/Button'
import type { FlawPage } from '../../../contract/shapes/flaw.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { Cap } from '../../parts/keys/cap.tsx'
import { useKeys } from '../../parts/keys/keys.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { When } from '../../parts/time/when.tsx'
import { useUndo } from './acts.ts'

/** What was done to the flaw, by whom; the last act can be undone from here. */
export function History({ page }: { page: FlawPage }) {
  const undo = useUndo(page.row)
  const lines = [...page.history].sort((a, b) => b.version - a.version)
  const last = lines.find((line) => line.undoable)
  const act = () => {
    if (last && !undo.isPending) undo.mutate()
  }
  useKeys(last ? [{ keys: 'u', say: `Undo: ${last.say}`, run: act }] : [])
  return (
    <div className="subpanel stack tight">
      <h3>So far</h3>
      <ul className="s log">
        {together(lines)
          .slice(0, 30)
          .map(({ line, times }) => (
            <li key={`${line.version} ${line.at} ${line.say}`}>
              <span>
                <When at={line.at} />
              </span>
              <span>
                <Inert text={line.say} />
                {times > 1 ? <span className="i3">, {times} times</span> : null}
                <span className="i3 xs byline">{line.who}</span>
              </span>
            </li>
          ))}
      </ul>
      {last ? (
        <Button className="btn full" isDisabled={undo.isPending} onPress={act}>
          <span>Undo: {last.say}</span>
          <Cap>U</Cap>
        </Button>
      ) : null}
      {undo.error ? <FailureNote error={undo.error} not="Not undone." /> : null}
    </div>
  )
}

/** Lines that say the same one after another stand as one, with how often and when last. */
function together(lines: FlawPage['history']): { readonly line: FlawPage['history'][number]; times: number }[] {
  const out: { line: FlawPage['history'][number]; times: number }[] = []
  for (const line of lines) {
    const last = out.at(-1)
    if (last && last.line.say === line.say && last.line.who === line.who && !last.line.undoable && !line.undoable) last.times++
    else out.push({ line, times: 1 })
  }
  return out
}
