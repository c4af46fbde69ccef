import type { ReproducerOut } from '../../../contract/shapes/validation.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { RunMark, type RunMarkKind } from '../../parts/marks/run-mark.tsx'
import { VERDICT } from './words.ts'

/** Each reproducer with its verdict; controls, single runs and the stack open in place. */
export function Reproducers({ reproducers }: { reproducers: readonly ReproducerOut[] }) {
  return (
    <div>
      {reproducers.map((one) => (
        <details key={one.reproducer} className="fold">
          <summary>
            <b>{one.letter}</b> {VERDICT[one.verdict]} <RunMark kind={kindOf(one)} fired={one.fired} of={one.of} />{' '}
            <span className="i2">
              <Inert text={one.say} />
            </span>
          </summary>
          <dl className="kv">
            <dt>Input</dt>
            <dd>
              <Inert className="mono" text={one.name} />
            </dd>
            <dt>Runs</dt>
            <dd>{runsInWords(one.runs)}</dd>
            {one.type ? (
              <>
                <dt>Crash</dt>
                <dd>
                  <Inert className="mono" text={one.type} />
                  {one.signal ? <span className="i3"> {one.signal}</span> : null}
                </dd>
              </>
            ) : null}
            {one.cwe ? (
              <>
                <dt>Weakness</dt>
                <dd>{one.cwe}, suggested by the crash</dd>
              </>
            ) : null}
            {one.alsoMet.map((bug) => (
              <div key={bug} className="kvrow">
                <dt>Also met</dt>
                <dd>
                  <Inert className="mono" text={bug} />
                </dd>
              </div>
            ))}
          </dl>
          {one.stack.length > 0 ? (
            <ol className="stack tight frames mono xs" aria-label={`Stack of ${one.letter}, innermost first`}>
              {one.stack.map((frame, n) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: frames repeat in recursion
                <li key={n}>
                  <Inert text={frame.symbol ?? 'unknown'} />
                  {frame.path ? (
                    <span className="i3">
                      {' '}
                      <Inert text={frame.line === null ? frame.path : `${frame.path}:${frame.line}`} />
                    </span>
                  ) : null}
                </li>
              ))}
            </ol>
          ) : null}
          <h4>Controls</h4>
          {one.controls.length === 0 ? <p className="s i3">None was run.</p> : null}
          <ul className="s dots">
            {one.controls.map((control) => (
              <li key={`${control.control} ${control.name}`}>
                {CONTROL[control.control]} <Inert className="mono" text={control.name} />: {control.outcome.replace('-', ' ')}
                {control.outcome === 'fired' ? (
                  <span>
                    . <Inert text={control.say} />
                  </span>
                ) : null}
              </li>
            ))}
          </ul>
        </details>
      ))}
    </div>
  )
}

const CONTROL = { 'empty-input': 'Empty input', 'benign-sample': 'Benign sample', 'parent-of-introducing': 'Commit before it' }

function kindOf({ fired, of }: ReproducerOut): RunMarkKind {
  return of === 0 ? 'not-run' : fired === of ? 'fires' : fired === 0 ? 'silent' : 'sometimes'
}

function runsInWords(runs: ReproducerOut['runs']): string {
  if (runs.length === 0) return 'none'
  const words = { fired: 'fired', silent: 'silent', other: 'another bug', stopped: 'stopped by a limit' }
  return runs.map((run, n) => `${n + 1} ${words[run]}`).join(', ')
}
