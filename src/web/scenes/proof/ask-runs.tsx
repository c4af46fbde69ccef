import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import type { StartValidation, TargetOut } from '../../../contract/shapes/validation.ts'
import { TASKS } from '../../../core/validation/proof.ts'
import { Field } from '../../parts/form/field.tsx'
import { visibleText } from '../../parts/inert/visible-text.ts'
import { Cap } from '../../parts/keys/cap.tsx'
import { useKeys } from '../../parts/keys/keys.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { useStartValidation } from './queries.ts'
import { TASK } from './words.ts'

type Task = StartValidation['tasks'][number]

interface AskRunsProps {
  readonly of: { readonly flaw: string } | { readonly finding: string }
  readonly targets: readonly TargetOut[]
  /** Tasks that make sense with what evidence is there. */
  readonly possible: readonly Task[]
  readonly again: boolean
}

/** Chooses a target and what to run on it. Running proves; it decides nothing, so it may be the primary act. */
export function AskRuns({ of, targets, possible, again }: AskRunsProps) {
  const usable = targets.filter((target) => target.recipe !== null)
  const [target, setTarget] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<Task>>(
    new Set(possible.includes('patch') ? ['reproduce', 'patch'] : ['reproduce']),
  )
  const start = useStartValidation(of)
  const tasks = TASKS.filter((task) => chosen.has(task) && possible.includes(task))
  const at = target === '' ? (usable[0]?.id ?? '') : target
  const run = () => {
    if (!start.isPending && at !== '' && tasks.length > 0) start.mutate({ target: at, tasks })
  }
  useKeys(usable.length > 0 ? [{ keys: 'r', say: again ? 'Run again' : 'Run the reproducers', run }] : [])
  if (usable.length === 0)
    return (
      <p className="s i2">
        {targets.length === 0
          ? 'No source of this product was given yet. Send it with “weir target add”, or by POST /v1/targets.'
          : 'Its source is here, but no recipe says how to build it.'}
      </p>
    )
  return (
    <div className="stack">
      <Field label="Target">
        {(ids) => (
          <select {...ids} value={at} onChange={(event) => setTarget(event.target.value)}>
            {usable.map((one) => (
              <option key={one.id} value={one.id}>
                {visibleText(one.name, 80)}
                {one.revision ? ` at ${visibleText(one.revision, 12)}` : ''}
              </option>
            ))}
          </select>
        )}
      </Field>
      <fieldset className="stack tight">
        <legend className="s b">Run</legend>
        {TASKS.map((task) => (
          <label key={task} className="row top s">
            <input
              type="checkbox"
              checked={chosen.has(task) && possible.includes(task)}
              disabled={!possible.includes(task)}
              onChange={() => setChosen(chosen.has(task) ? without(chosen, task) : new Set([...chosen, task]))}
            />
            <span>
              {TASK[task].name} <span className="xs i3 byline">{TASK[task].says}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Button className="btn primary full" isDisabled={start.isPending || tasks.length === 0} onPress={run}>
        <span>{again ? 'Run again' : 'Run'}</span>
        <Cap>R</Cap>
      </Button>
      {start.error ? <FailureNote error={start.error} not="Not asked for." /> : null}
      <p className="xs i3">It runs in a sandbox without network. Evidence is added; nothing is merged or told by asking.</p>
    </div>
  )
}

function without<T>(set: ReadonlySet<T>, one: T): Set<T> {
  return new Set([...set].filter((item) => item !== one))
}
