import { useMutation } from '@tanstack/react-query'
import { Button } from 'react-aria-components/Button'
import { Icon } from '../parts/marks/icon.tsx'
import { FailureNote } from '../parts/notice/failure-note.tsx'
import type { Checked } from './check-receipt.ts'
import { NoEd25519 } from './signatures.ts'

/** Runs a check in this browser and lists what held, in ink: proved is quiet. */
export function CheckButton({ check }: { check: () => Promise<Checked> }) {
  const run = useMutation({ mutationFn: check })
  return (
    <div className="stack tight">
      <div>
        <Button className="btn" isDisabled={run.isPending} onPress={() => run.mutate()}>
          Check it in this browser
        </Button>
      </div>
      <div role="status">
        {run.isPending ? <p className="s i2">Reading and hashing.</p> : null}
        {run.data ? (
          <div className={run.data.ok ? 'note' : 'note alarm'}>
            <p className="b">{run.data.ok ? 'It holds.' : 'It does not hold.'}</p>
            <ul className="s checks">
              {run.data.steps.map((step) => (
                <li key={step.say}>
                  <Icon name={step.ok ? 'check' : 'cross'} /> <span>{step.say}</span>
                </li>
              ))}
            </ul>
          </div>
        ) : null}
      </div>
      {run.error instanceof NoEd25519 ? (
        <p className="note soon">{run.error.message}</p>
      ) : run.error ? (
        <FailureNote error={run.error} not="Not checked." />
      ) : null}
    </div>
  )
}
