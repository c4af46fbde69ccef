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
        {lines.slice(0, 30).map((line) => (
          <li key={`${line.version} ${line.at} ${line.say}`}>
            <span>
              <When at={line.at} />
            </span>
            <span>
              <Inert text={line.say} />
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
