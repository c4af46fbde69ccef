import { type ReactNode, useState } from 'react'
import { type Forecast, forecast } from '../../../core/evaluation/planner/forecast.ts'
import { faultOf, type Question, USUAL_QUESTION } from '../../../core/evaluation/planner/question.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Field } from '../../parts/form/field.tsx'
import { count } from '../../parts/time/format.ts'
import { sayMinutes } from './say-minutes.ts'

const SEED = 20_260_602

type NumberField = Exclude<keyof Question, 'criterion' | 'dollarsPerMillion'>

const DESIGN: readonly (readonly [NumberField, string, string, number])[] = [
  ['families', 'Task families', 'They buy more than repeats do', 1],
  ['tasksPerFamily', 'Tasks in each', '', 1],
  ['runs', 'Attempts at each task', '', 1],
  ['shortest', 'Shortest task, minutes of a skilled person', '', 0.1],
  ['longest', 'Longest task, minutes', '', 1],
]
const GUESS: readonly (readonly [NumberField, string, string, number])[] = [
  ['horizon', 'Guessed horizon, minutes', 'Where the model solves half', 1],
  ['slope', 'Slope', 'Logits a doubling of time; −0.75 fits many models', 0.05],
  ['taskSd', 'Spread of tasks, logits', '', 0.1],
  ['familySd', 'Spread of families, logits', '', 0.1],
]
const COST: readonly (readonly [NumberField, string, string, number])[] = [
  ['tokensPerRun', 'Tokens an attempt uses', '', 1000],
  ['minutesPerRun', 'Minutes an attempt takes', '', 1],
  ['atOnce', 'Attempts at once', '', 1],
]

/** Before a window opens: what so many families, tasks and attempts will tell, how long they take and what they cost. */
export function Planner() {
  usePageTitle('Planner')
  const [question, setQuestion] = useState<Question>(USUAL_QUESTION)
  const [answer, setAnswer] = useState<{ question: Question; forecast: Forecast } | null>(null)
  const fault = faultOf(question)
  const set = (more: Partial<Question>) => setQuestion({ ...question, ...more })
  const fields = (rows: typeof DESIGN, last: ReactNode = null) => (
    <div className="grid2">
      {rows.map(([name, label, hint, step]) => (
        <Field key={name} label={label} hint={hint || null}>
          {(ids) => (
            <input
              {...ids}
              type="number"
              step={step}
              value={question[name]}
              onChange={(event) => set({ [name]: Number(event.target.value) })}
            />
          )}
        </Field>
      ))}
      {last}
    </div>
  )
  const optional = (name: 'criterion' | 'dollarsPerMillion', label: string, hint: string) => (
    <Field label={label} hint={hint}>
      {(ids) => (
        <input
          {...ids}
          type="number"
          step="any"
          value={question[name] ?? ''}
          onChange={(event) => set({ [name]: event.target.value === '' ? null : Number(event.target.value) })}
        />
      )}
    </Field>
  )
  return (
    <div className="stack wide">
      <div>
        <h1>Planner</h1>
        <p className="i2">
          What a measurement would tell, simulated in this page: nothing is sent. A wide interval is an answer too, before
          anything is spent.
        </p>
      </div>
      <form
        className="sideways"
        onSubmit={(event) => {
          event.preventDefault()
          if (fault === null) setAnswer({ question, forecast: forecast(question, SEED) })
        }}
      >
        <div className="stack">
          <fieldset className="stack tight">
            <legend>Design</legend>
            {fields(DESIGN)}
          </fieldset>
          <fieldset className="stack tight">
            <legend>What is guessed</legend>
            {fields(GUESS, optional('criterion', 'Criterion, minutes', 'Empty: none. Never type a sealed one here'))}
          </fieldset>
          <fieldset className="stack tight">
            <legend>Cost</legend>
            {fields(COST, optional('dollarsPerMillion', 'US dollars a million tokens', 'Empty: not counted'))}
          </fieldset>
          {fault ? (
            <p className="note soon" role="status">
              {fault}
            </p>
          ) : null}
          <p>
            <button type="submit" className="btn primary" disabled={fault !== null}>
              Simulate it
            </button>
          </p>
        </div>
        <div aria-live="polite">{answer ? <Answer question={answer.question} told={answer.forecast} /> : null}</div>
      </form>
    </div>
  )
}

function Answer({ question, told }: { question: Question; told: Forecast }) {
  const percent = (share: number) => `${Math.round(share * 100)} %`
  const half = told.width === null ? null : Math.sqrt(told.width)
  return (
    <section className="stack">
      <h2>What it would tell</h2>
      <div>
        <div className="big">{told.width === null ? 'No interval' : `a factor of ${told.width.toPrecision(2)}`}</div>
        <p className="i2">
          {half === null
            ? 'In most of the simulated measurements the data give no interval at all.'
            : `from one end of the 95 % interval to the other: around ${sayMinutes(question.horizon)}, about ${sayMinutes(question.horizon / half)} to ${sayMinutes(question.horizon * half)}.`}
        </p>
      </div>
      {told.chance ? (
        <table>
          <caption className="vh">Chance of each outcome, were the guess true</caption>
          <thead>
            <tr>
              <th scope="col">Outcome, were the guess true</th>
              <th scope="col" className="num">
                Chance
              </th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <td>Met</td>
              <td className="num">{percent(told.chance.met)}</td>
            </tr>
            <tr>
              <td>Undetermined</td>
              <td className="num">{percent(told.chance.undetermined)}</td>
            </tr>
            <tr>
              <td>Not met</td>
              <td className="num">{percent(told.chance.notMet)}</td>
            </tr>
          </tbody>
        </table>
      ) : null}
      <dl className="kv">
        <dt>Attempts</dt>
        <dd>{count(told.runs)}</dd>
        <dt>Tokens</dt>
        <dd>{count(Math.round(told.tokens))}</dd>
        <dt>Time</dt>
        <dd>{told.days < 2 ? `${(told.days * 24).toFixed(1)} h` : `${told.days.toFixed(1)} d`} of running</dd>
        <dt>Cost</dt>
        <dd>{told.dollars === null ? 'not counted' : `$${count(Math.round(told.dollars))}`}</dd>
      </dl>
      <p className="xs i3">
        {told.sets} simulated measurements of {told.resamples} resamples each, seed {told.seed}; the width is good to about a
        tenth.
      </p>
    </section>
  )
}
