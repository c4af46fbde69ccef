import { line } from '../../../cases/terms/forms.ts'
import { object, optional } from '../../../cases/terms/object-shape.ts'
import { list, number, truth, whole, word } from '../../../cases/terms/plain-shapes.ts'
import { described, type JsonSchema, orNull, type Shape } from '../../../cases/terms/shape.ts'
import { POLICY_FORMAT, type Policy, type PolicyRule, type PolicyTime, type PolicyWhen, SEVERITIES } from './policy.ts'

const MOST_RULES = 100
const MOST_DAYS = 3650

const DAYS = object<{ readonly days: number }>({ days: described('Calendar days, in UTC.', whole(0, MOST_DAYS)) })
const NEXT = object<{ readonly next: 'upgrade' }>({
  next: described('With the next scheduled major upgrade or rebuild; no day count.', word('upgrade')),
})

// Told apart by which key stands there, so that what is wrong is said of the form that was meant.
const TIME: Shape<PolicyTime> = {
  schema: { anyOf: [DAYS.schema, NEXT.schema] },
  read: (value, at, tell) =>
    typeof value === 'object' && value !== null && Object.hasOwn(value, 'next')
      ? NEXT.read(value, at, tell)
      : DAYS.read(value, at, tell),
}

const may = <T>(says: string, shape: Shape<T>) => optional(described(says, orNull(shape)), null)

const WHEN: Shape<PolicyWhen> = object<PolicyWhen>({
  severity: may('At least this severity, by the CVSS score that Weir computes.', word(...SEVERITIES)),
  kev: may('Whether it is listed in KEV.', truth),
  epss: may('At least this probability.', number(0, 1)),
  exploitation: may('SSVC exploitation, at least.', word('none', 'poc', 'active')),
  automatable: may('SSVC automatable.', truth),
  impact: may('SSVC technical impact.', word('partial', 'total')),
  exposure: may('Exposure of the asset; one that is not tagged counts as public.', word('public', 'internal')),
  environment: may('Environment of the asset.', word('production', 'development')),
  unit: may('Sub-organisation, as tagged.', line(200)),
  type: may('Type of the asset, as tagged.', line(200)),
})

const RULE: Shape<PolicyRule> = object<PolicyRule>({
  name: line(200),
  when: described('All must hold. An empty object holds always.', WHEN),
  time: TIME,
  triage: optional(described('Look for signs of a break-in as well.', truth), false),
})

/** The whole file. */
export const POLICY_SHAPE: Shape<Policy> = object<Policy>({
  format: word(POLICY_FORMAT),
  name: line(200),
  version: line(40),
  startsAt: optional(
    described(
      'What starts the clock: identification on an asset, or that or KEV, whichever comes first.',
      word('identified', 'first-event'),
    ),
    'identified',
  ),
  rules: described('The first that holds decides.', list(RULE, MOST_RULES)),
  otherwise: optional(described('Where no rule holds; null: no date.', orNull(TIME)), null),
})

/** The published JSON Schema of an organisation's own policy. */
export const POLICY_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://weir.invalid/schemas/exposure-policy-1.json',
  title: 'An organisation’s own policy for patching',
  ...POLICY_SHAPE.schema,
}
