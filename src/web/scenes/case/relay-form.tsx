import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { CaseView } from '../../../contract/shapes/case.ts'
import type { DraftRelay, RelayList } from '../../../contract/shapes/relay.ts'
import { RELAY_ROUTES } from '../../../core/cases/relay/relay-draft.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { visibleText } from '../../parts/inert/visible-text.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { casePath } from './queries.ts'
import { type RelayAnswers, RelayQuestions } from './relay-questions.tsx'
import { DISCOVERY, ROUTE } from './relay-words.ts'

const BLANK: RelayAnswers = {
  repository: '',
  privateFork: false,
  trigger: '',
  impact: '',
  vendorContact: '',
  shareContact: false,
  nameCredits: false,
  industrialControl: false,
  machineLearning: false,
  coordinateWithCisa: false,
  planToDisclose: true,
}
const said = (text: string) => text.trim() || null

/** Asks for a draft of one flaw's report in the shape that another place takes; nothing is sent by it. */
export function RelayForm({ of, open, done }: { of: CaseView; open: RelayList['open']; done: () => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [flaw, setFlaw] = useState(of.flaws.length === 1 ? of.flaws[0]!.id : '')
  const [to, setTo] = useState('')
  const [how, setHow] = useState('')
  const [answers, setAnswers] = useState(BLANK)
  const route = RELAY_ROUTES.find((one) => one === to)
  const draft = useMutation({
    mutationFn: (chosen: DraftRelay['route']) => {
      const { repository, trigger, impact, vendorContact, ...ticks } = answers
      const discovery = DISCOVERY.find(([one]) => one === how)?.[0] ?? null
      const texts = { trigger: said(trigger), impact: said(impact), vendorContact: said(vendorContact) }
      const asked: DraftRelay = { flaw, route: chosen, discovery, repository: said(repository), ...texts, ...ticks }
      return sendJson<RelayList>('POST', casePath(of.row.id, '/relay'), asked)
    },
    onSuccess: async (list) => {
      const before = new Set(client.getQueryData<RelayList>(['case', of.row.id, 'relay'])?.rows.map(({ id }) => id))
      const made = list.rows.find(({ id }) => !before.has(id))
      client.setQueryData(['case', of.row.id, 'relay'], list)
      done()
      await navigate({ to: '/cases/$id/$part', params: { id: of.row.id, part: 'relay' }, hash: made?.id ?? '' })
    },
  })
  return (
    <form
      className="stack tight opens"
      onSubmit={(event) => {
        event.preventDefault()
        if (route) draft.mutate(route)
      }}
    >
      {of.flaws.length > 1 ? (
        <Field label="Which flaw">
          {(ids) => (
            <select {...ids} required value={flaw} onChange={(event) => setFlaw(event.target.value)}>
              <option value="">Choose</option>
              {of.flaws.map((one) => (
                <option key={one.id} value={one.id}>
                  {visibleText(one.title, 80)}
                </option>
              ))}
            </select>
          )}
        </Field>
      ) : null}
      <Field label="To where" hint={route ? `It goes to ${ROUTE[route][1]}.` : null}>
        {(ids) => (
          <select {...ids} required value={to} onChange={(event) => setTo(event.target.value)}>
            <option value="">Choose</option>
            {RELAY_ROUTES.map((one) => (
              <option key={one} value={one}>
                {ROUTE[one][0]}
              </option>
            ))}
          </select>
        )}
      </Field>
      {route && !open.includes(route) ? (
        <p className="s soon">No credential for {ROUTE[route][0]} is set here: it can be drafted and read, and not sent.</p>
      ) : null}
      <Field label="How it was found">
        {(ids) => (
          <select {...ids} value={how} onChange={(event) => setHow(event.target.value)}>
            <option value="">As the finder stated it</option>
            {DISCOVERY.map(([one, words]) => (
              <option key={one} value={one}>
                {words}
              </option>
            ))}
          </select>
        )}
      </Field>
      {route ? <RelayQuestions route={route} answers={answers} set={setAnswers} /> : null}
      <p className="row wrap">
        <button type="submit" className="btn small" disabled={draft.isPending || !route || flaw === ''}>
          Write the draft
        </button>
        <span className="xs i2">Nothing is sent by it.</span>
      </p>
      {draft.error ? <FailureNote error={draft.error} not="Not drafted." /> : null}
    </form>
  )
}
