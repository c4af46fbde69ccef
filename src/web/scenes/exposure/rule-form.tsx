import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { RuleOut, SetRule } from '../../../contract/shapes/exposure.ts'
import { sendJson } from '../../api/request.ts'
import { RadioChoice } from '../../parts/form/radio-choice.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { offerUndo } from '../../parts/notice/undo-offer.tsx'
import { authorsIn, BelieveFields } from './believe-fields.tsx'
import { PolicyFile } from './policy-file.tsx'
import { policyIn, policyText } from './policy-text.ts'
import { useReadAgain } from './use-read-again.ts'
import { RULES } from './words.ts'

const CLOCK = [
  ['from-first', 'From the first start'],
  ['from-change', 'From the change'],
] as const
const BOUND = [
  ['bound', 'It binds us'],
  ['chosen', 'We chose it'],
] as const

/** The rule, changed as a whole; what follows is said before it is set. */
export function RuleForm({ rule }: { rule: RuleOut }) {
  const client = useQueryClient()
  const readAgain = useReadAgain()
  const [directive, setDirective] = useState(rule.directive)
  const [binds, setBinds] = useState(rule.binds)
  const [reading, setReading] = useState(rule.reading)
  const [text, setText] = useState(() => policyText(rule.own))
  const [authors, setAuthors] = useState(() => rule.believe.join('\n'))
  const [inventories, setInventories] = useState(rule.believeInventories)
  const policy = policyIn(text)
  const own = directive === 'own'
  const set = useMutation({
    mutationFn: (next: SetRule) => sendJson<RuleOut>('PUT', '/v1/exposure/rule', next),
    onSuccess: async () => {
      offerUndo({ say: 'The rule is set. All dates are counted anew.', undo: null })
      await readAgain()
    },
    onError: () => client.invalidateQueries({ queryKey: ['exposure', 'rule'] }),
  })
  return (
    <form
      className="stack wide ruleform"
      aria-label="The rule you go by"
      onSubmit={(event) => {
        event.preventDefault()
        const kept = policy.ok ? policy.value : rule.own
        set.mutate({
          directive,
          binds: canBind(directive) && binds,
          reading,
          own: own ? kept : rule.own,
          version: rule.version,
          believe: authorsIn(authors),
          believeInventories: inventories,
        })
      }}
    >
      <fieldset className="stack tight measure">
        <legend>Which rule says by when</legend>
        {(Object.keys(RULES) as RuleOut['directive'][]).map((one) => (
          <label key={one} className="choice rulechoice">
            <input type="radio" name="directive" value={one} checked={directive === one} onChange={() => setDirective(one)} />
            <span>
              <span className="b">{RULES[one][0]}</span>
              <span className="second xs i2">{RULES[one][1]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {own ? <PolicyFile text={text} setText={setText} read={policy} /> : null}
      {canBind(directive) ? (
        <div className="stack tight measure">
          <RadioChoice
            legend="Are you bound by it"
            name="binds"
            value={binds ? 'bound' : 'chosen'}
            options={BOUND}
            onChange={(value) => setBinds(value === 'bound')}
          />
          <p className="xs i2">
            It binds federal civilian agencies of the United States and systems that others run for them. For everyone else its
            dates are a good habit: each one is marked as your own choice, and is no finding of compliance.
          </p>
        </div>
      ) : null}
      <div className="stack tight measure">
        <RadioChoice
          legend="When a change moves a date, count"
          name="clock"
          value={reading}
          options={CLOCK}
          onChange={setReading}
        />
        <p className="xs i2">
          A flaw that becomes known as exploited gets a shorter time, and the directive does not say from when. From the first
          start is never later, and may be late at once; from the change counts the new days from that change. Both are shown
          beside each date.
        </p>
      </div>
      <BelieveFields authors={authors} setAuthors={setAuthors} inventories={inventories} setInventories={setInventories} />
      {set.error ? <FailureNote error={set.error} not="The rule is not changed." safe="What you chose is still here." /> : null}
      <p className="row wrap">
        <button type="submit" className="btn" disabled={set.isPending || (own && !policy.ok)}>
          Set the rule
        </button>
        <span className="s i2">All dates are counted anew at once. The old ones stay, with this change as the reason.</span>
      </p>
    </form>
  )
}

/** Only what an authority issued can bind. */
function canBind(directive: RuleOut['directive']): boolean {
  return directive === 'bod-26-04' || directive === 'kev-dates'
}
