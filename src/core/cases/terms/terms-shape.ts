import type { Contact, ContactKey } from './contact.ts'
import {
  AGE_RECIPIENT,
  FINGERPRINT,
  HTTPS,
  LANGUAGE,
  line,
  MAIL,
  PAUSE,
  POLICY,
  PURL,
  prose,
  TIME_OF_DAY,
  WEAKNESS,
  ZONE,
} from './forms.ts'
import { object, optional, tagged } from './object-shape.ts'
import { list, number, truth, whole, word } from './plain-shapes.ts'
import {
  CARRIED,
  type EmbargoStance,
  type Pace,
  type ProjectTerms,
  SEVERITY_WORDS,
  type SeverityFloor,
  TERMS_VERSION,
} from './project-terms.ts'
import { described, type JsonSchema, orNull, type Shape } from './shape.ts'

const KEY: Shape<ContactKey> = tagged<ContactKey>('kind', {
  pgp: object({ kind: word('pgp'), fingerprint: FINGERPRINT }),
  age: object({ kind: word('age'), recipient: AGE_RECIPIENT }),
})

/** Keys of a contact. */
export const KEYS: Shape<readonly ContactKey[]> = described('Keys for encrypted letters, the newest first.', list(KEY, 8))

const keys = optional<readonly ContactKey[]>(KEYS, [])

export const CONTACT: Shape<Contact> = described(
  'Where reports go: a private advisory’s page, a form, a mail address, or a coordinator’s mail address.',
  tagged<Contact>('route', {
    'private-advisory': object({ route: word('private-advisory'), at: HTTPS, keys }),
    form: object({ route: word('form'), at: HTTPS, keys }),
    mail: object({ route: word('mail'), at: MAIL, keys }),
    coordinator: object({ route: word('coordinator'), at: MAIL, keys }),
  }),
)

const PROJECT = object<ProjectTerms['project']>({
  name: optional(orNull(line(200)), null),
  purls: optional(described('The packages these terms are for, without versions.', list(PURL, 50, true)), []),
  repository: optional(orNull(HTTPS), null),
})

const REPORT = object<ProjectTerms['report']>({
  mustCarry: optional(described('What every report must come with.', list(word(...CARRIED), CARRIED.length, true)), []),
  plainText: optional(described('No markup and no attachments but the evidence asked for.', truth), false),
  mostCharacters: optional(orNull(whole(200, 1_000_000)), null),
  languages: optional(described('Languages the project reads; none means any.', list(LANGUAGE, 20, true)), []),
  unchecked: optional(described('Takes reports that no person has checked.', truth), false),
})

const OUT_OF_SCOPE = object<ProjectTerms['outOfScope']>({
  weaknesses: optional(list(WEAKNESS, 200, true), []),
  components: optional(described('Path prefixes in the repository.', list(line(500), 200, true)), []),
  words: optional(described('What the threat model leaves out; a person reads it.', orNull(prose(10_000))), null),
})

const FLOOR: Shape<SeverityFloor> = tagged<SeverityFloor>('by', {
  word: object({ by: word('word'), least: word(...SEVERITY_WORDS) }),
  cvss: object({ by: word('cvss'), least: number(0, 10) }),
})

export const EMBARGO: Shape<EmbargoStance> = tagged<EmbargoStance>('stance', {
  unstated: object({ stance: word('unstated') }),
  none: object({ stance: word('none') }),
  policy: object({ stance: word('policy'), policy: POLICY }),
  days: object({ stance: word('days'), most: whole(0, 3650) }),
})

/** The pace on its own, for pages that set nothing else. */
export const PACE: Shape<Pace> = object<Pace>({
  openAtOnce: described('Most cases open at one time.', whole(0, 1000)),
  perWeek: described('Most cases sent in any seven days.', whole(0, 1000)),
  quiet: optional(orNull(object({ from: TIME_OF_DAY, to: TIME_OF_DAY, zone: ZONE })), null),
  pausedUntil: optional(orNull(PAUSE), null),
})

/** The whole file. */
export const TERMS_SHAPE: Shape<ProjectTerms> = object<ProjectTerms>({
  version: word(TERMS_VERSION),
  project: PROJECT,
  contact: optional(orNull(CONTACT), null),
  report: optional(REPORT, { mustCarry: [], plainText: false, mostCharacters: null, languages: [], unchecked: false }),
  outOfScope: optional(OUT_OF_SCOPE, { weaknesses: [], components: [], words: null }),
  severityFloor: optional(orNull(FLOOR), null),
  ai: optional(
    object<ProjectTerms['ai']>({
      disclosure: optional(word('required', 'welcome', 'unwanted'), 'welcome'),
      found: optional(word('accepted', 'refused'), 'accepted'),
    }),
    { disclosure: 'welcome', found: 'accepted' },
  ),
  embargo: optional(EMBARGO, { stance: 'unstated' }),
  optOut: optional(object<ProjectTerms['optOut']>({ scans: optional(truth, false), reports: optional(truth, false) }), {
    scans: false,
    reports: false,
  }),
  pace: optional(described('Without it, one open case and one a week.', orNull(PACE)), null),
})

/** The published JSON Schema of a project's terms. */
export const TERMS_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://weir.invalid/schemas/project-terms-1.json',
  title: 'Terms of a project for reports of flaws',
  ...TERMS_SHAPE.schema,
}
