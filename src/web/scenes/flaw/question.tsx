import { Link } from '@tanstack/react-router'
import { Button } from 'react-aria-components/Button'
import type { FlawPage, SuggestionOut } from '../../../contract/shapes/flaw.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { Title } from '../../parts/inert/title.tsx'
import { Cap } from '../../parts/keys/cap.tsx'
import { useKeys } from '../../parts/keys/keys.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { count } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'
import { useDecide } from './acts.ts'

/** One question, its evidence, its consequences. Neither answer is the primary one. */
export function Question({ page, asked }: { page: FlawPage; asked: SuggestionOut }) {
  const decide = useDecide(page.row.id)
  const answer = (verdict: 'merge' | 'keep-apart') => {
    if (!decide.isPending) decide.mutate({ suggestion: asked.id, verdict })
  }
  useKeys([
    { keys: 's', say: 'Keep apart', run: () => answer('keep-apart') },
    { keys: 'm', say: 'Merge', run: () => answer('merge') },
  ])
  const { other } = asked
  const waiting = page.suggestions.filter((one) => one.state === 'open').length - 1
  const reasons = [...asked.reasons].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
  return (
    <>
      <div className="panel stack">
        <h2>Is this the same flaw?</h2>
        <p className="b">
          <Link to="/flaws/$id" params={{ id: other.id }}>
            <Title text={other.title} />
          </Link>
        </p>
        <p className="xs i3">
          {other.target ? <Inert className="mono" text={other.target} /> : 'target not stated'} · {count(other.findings)}{' '}
          {other.findings === 1 ? 'finding' : 'findings'} · asked <When at={asked.raisedAt} />
        </p>
        <ul className="s reasons">
          {reasons.map((reason) => (
            <li key={reason.say}>
              <span>
                <Inert text={reason.say} />
              </span>
              <span className="i2 nowrap">{signed(reason.weight)}</span>
            </li>
          ))}
          <li className="b">
            <span>Together</span>
            <span>{asked.score.toFixed(2)}</span>
          </li>
        </ul>
        <div className="stack tight">
          <Button className="btn full" isDisabled={decide.isPending} onPress={() => answer('keep-apart')}>
            <span>Keep apart</span>
            <Cap>S</Cap>
          </Button>
          <Button className="btn full" isDisabled={decide.isPending} onPress={() => answer('merge')}>
            <span>Merge</span>
            <Cap>M</Cap>
          </Button>
        </div>
        {decide.error ? <FailureNote error={decide.error} not="Not decided." safe="Both flaws are as they were." /> : null}
        <p className="xs i3">
          Either can be undone. The vendor keeps the verdict.
          {waiting > 0 ? ` ${count(waiting)} more ${waiting === 1 ? 'question' : 'questions'} after this one.` : ''}
        </p>
      </div>
      <div className="subpanel stack tight">
        <h3>If you merge</h3>
        <ul className="s dots">
          <li>{count(page.row.findings + other.findings)} findings stand in one flaw, each with its finder and date</li>
          <li>The other page closes as merged and leads here</li>
          <li>No finder is told anything by it</li>
        </ul>
      </div>
      <div className="subpanel stack tight">
        <h3>If you keep them apart</h3>
        <ul className="s dots">
          <li>Two flaws, judged and fixed each by itself</li>
          <li>This pair is not asked about again unless it is undone</li>
        </ul>
      </div>
    </>
  )
}

function signed(weight: number): string {
  const text = Math.abs(weight).toFixed(2)
  return weight < 0 ? `−${text}` : `+${text}`
}
