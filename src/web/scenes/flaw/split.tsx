import { Button } from 'react-aria-components/Button'
import type { FlawPage } from '../../../contract/shapes/flaw.ts'
import { Cap } from '../../parts/keys/cap.tsx'
import { useKeys } from '../../parts/keys/keys.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { useSplit } from './acts.ts'

/** Taking findings out: what follows, said before it happens. */
export function Split({ page, selected, onClose }: { page: FlawPage; selected: ReadonlySet<string>; onClose: () => void }) {
  const split = useSplit(page.row)
  const chosen = page.findings.filter((finding) => selected.has(finding.id))
  const letters = chosen.map((finding) => finding.letter).join(', ')
  const all = chosen.length >= page.row.findings
  useKeys([{ keys: 'Escape', say: 'Clear the selection', run: onClose }])
  return (
    <div className="panel stack">
      <h2>Take {letters} out?</h2>
      <ul className="s dots">
        <li>
          {chosen.length === 1 ? 'It gets' : 'They get'} a flaw of {chosen.length === 1 ? 'its' : 'their'} own;{' '}
          {page.row.findings - chosen.length} stay here
        </li>
        <li>Receipts, dates and credit stay as they are</li>
        <li>No finder is told anything by it</li>
        <li>It can be undone, here and from the history</li>
      </ul>
      {all ? <p className="note soon">A split must leave a finding on each side.</p> : null}
      <div className="stack tight">
        <Button
          className="btn full"
          isDisabled={all || split.isPending}
          onPress={() => split.mutate([...selected], { onSuccess: onClose })}
        >
          Split {letters} off
        </Button>
        <Button className="btn full" onPress={onClose}>
          <span>Leave them here</span>
          <Cap>Esc</Cap>
        </Button>
      </div>
      {split.error ? <FailureNote error={split.error} not="Not split." safe="The flaw is as it was." /> : null}
    </div>
  )
}
