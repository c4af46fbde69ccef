import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CaseAct, CaseView } from '../../../contract/shapes/case.ts'
import type { InboxItem } from '../../../contract/shapes/project.ts'
import { sendJson } from '../../api/request.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { casePath, caseQuery } from '../case/queries.ts'
import { ANSWERS, type Answer, nextAnswers } from './answers.ts'
import { Words } from './words-form.tsx'

/** The maintainer's answers, none before the others; those that need words ask for them in place. */
export function AnswerItem(props: { item: InboxItem; answered: boolean; onSaid: (says: string) => void }) {
  const { item, answered, onSaid } = props
  const client = useQueryClient()
  const [open, setOpen] = useState<Answer | null>(null)
  // Only an answered item needs its case: how far the own fix is.
  const seen = useQuery({ ...caseQuery(item.case), enabled: answered })
  const mine = seen.data?.parties.find(({ id }) => id === item.party)
  const answers = nextAnswers(item, mine)
  const send = useMutation({
    mutationFn: async ({ answer, text }: { answer: Answer; text: string }) => {
      if (answer === 'ask') return await sendJson('POST', casePath(item.case, '/papers'), { text, to: [] })
      const open = mine?.works.find(({ step }) => step !== 'VFd' && step !== 'VFD')
      const act = actOf(answer, item.party, open?.flaw ?? '', text)
      const version = answered ? (seen.data?.version ?? item.version) : item.version
      return await sendJson<CaseView>('POST', casePath(item.case, '/acts'), { version, act })
    },
    onSuccess: async (_, { answer }) => {
      setOpen(null)
      onSaid(ANSWERS[answer].after)
      await client.invalidateQueries({ queryKey: ['case', item.case] })
      await client.invalidateQueries({ queryKey: ['inbox'] })
    },
    onError: () => client.invalidateQueries({ queryKey: ['inbox'] }),
  })
  const press = (answer: Answer) => {
    if (ANSWERS[answer].asks === null) send.mutate({ answer, text: '' })
    else setOpen(open === answer ? null : answer)
  }
  return (
    <>
      <div className="acts">
        {answers.map((answer) => (
          <button
            key={answer}
            type="button"
            className="btn"
            disabled={send.isPending}
            {...(ANSWERS[answer].asks === null ? {} : { 'aria-expanded': open === answer })}
            onClick={() => press(answer)}
          >
            {ANSWERS[answer].word}
          </button>
        ))}
      </div>
      {open ? (
        <Words key={open} answer={open} busy={send.isPending} send={(text) => send.mutate({ answer: open, text })} />
      ) : null}
      {send.error ? <FailureNote error={send.error} not="Not sent." safe="Your words are still here." /> : null}
    </>
  )
}

function actOf(answer: Exclude<Answer, 'ask'>, party: string, flaw: string, text: string): CaseAct {
  return answer === 'fix-ready'
    ? { do: 'step', party, flaw, step: 'fix-ready', share: null }
    : { do: 'report', party, to: answer, text }
}
