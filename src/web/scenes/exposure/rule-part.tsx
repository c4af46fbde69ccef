import { useQuery } from '@tanstack/react-query'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { NotShown } from '../nowhere/not-shown.tsx'
import { OwnVex } from './own-vex.tsx'
import { ruleQuery } from './queries.ts'
import { RuleForm } from './rule-form.tsx'

/** By which rule an organisation goes: which one, bound or by its own choice, and how a moved date is counted. */
export function RulePart() {
  const { data, error } = useQuery(ruleQuery)
  if (error && !data) return <NotShown error={error} not="The rule is not shown." />
  if (!data) return <Waiting rows={6} what="the rule" />
  return (
    <>
      <RuleForm key={data.version} rule={data} />
      <OwnVex />
    </>
  )
}
