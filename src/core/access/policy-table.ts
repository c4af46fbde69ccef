import type { Role, Scope } from './principal.ts'

// Who may do what. Default deny: what no row permits is not permitted. One table, read two ways: `permits()` for one thing
// and a database predicate for lists; a property test shows that both agree.

export type NounKind =
  | 'report'
  | 'receipt'
  | 'finding'
  | 'flaw'
  | 'suggestion'
  | 'thread'
  | 'organisation'
  | 'person'
  | 'token'
  | 'invite'
  | 'ledger'
  | 'intake'
  | 'stream'
  | 'tally'
  | 'account'
  | 'target'
  | 'evidence'
  | 'validation'
  | 'job'
  | 'runner'
  | 'docket'
  | 'run-set'
  | 'agreement'
  | 'claim'
  | 'contact'
  | 'opt-out'
  | 'scan-route'
  | 'scan-request'
  | 'certificate'
  | 'coverage'
  | 'scan-feed'
  | 'case'
  | 'advisory'
  | 'advisory-draft'
  | 'relay'
  | 'project'
  | 'inbox'
  | 'letter'
  | 'notice'
  | 'webhook'
  | 'duty'
  | 'own-duty'
  | 'record'
  | 'inventory'
  | 'obligation'
export type Action = 'read' | 'list' | 'send' | 'decide' | 'release' | 'write' | 'manage'

/**
 * How the asker stands to the thing: `own` = sent or held by the asker's organisation, `self` = the asker in person, `seated` = the
 * asker holds a seat in that docket; what the seat then reads and does is the table of core/docket. `party` = the asker's organisation
 * takes part in that case, or is invited to; what it then reads and does is for core/cases to say.
 */
export type Relation = 'any' | 'own' | 'self' | 'holder' | 'seated' | 'party'

/** Where the thing stands in its life. `open` until it is closed under its terms and erased. */
export type Stage = 'open' | 'closed'

export interface Rule {
  /** `signed-in`: a person or a machine with a token; `in-person`: a person in a session, never a machine. */
  readonly who: Role | 'anyone' | 'signed-in' | 'in-person'
  readonly may: readonly Action[]
  readonly noun: NounKind
  readonly stage: readonly Stage[]
  readonly relation: Relation
  /** The scope a machine's token must carry. */
  readonly scope: Scope | null
}

const OPEN: readonly Stage[] = ['open']
const ALWAYS: readonly Stage[] = ['open', 'closed']

function rule(
  who: Rule['who'],
  may: readonly Action[],
  noun: NounKind,
  relation: Relation,
  scope: Scope | null,
  stage = OPEN,
): Rule {
  return { who, may, noun, relation, scope, stage }
}

export const POLICY: readonly Rule[] = [
  // Anyone may report, and read what a receipt in their hand says: the receipt is the proof.
  rule('anyone', ['send'], 'report', 'any', 'report:send'),
  rule('anyone', ['read'], 'receipt', 'holder', null, ALWAYS),
  rule('anyone', ['read'], 'ledger', 'any', null, ALWAYS),
  rule('anyone', ['read'], 'tally', 'any', null, ALWAYS),
  // The same counts with their small cells.
  rule('coordinator', ['list'], 'tally', 'any', 'case:read', ALWAYS),
  rule('signed-in', ['read'], 'account', 'self', null, ALWAYS),
  // A token must never become a way to sign in: passkeys and recovery codes are added in person.
  rule('in-person', ['write'], 'account', 'self', null),

  // A finder's organisation sees what it sent, and nothing that it did not.
  rule('finder', ['read', 'list'], 'report', 'own', 'finding:read', ALWAYS),
  rule('finder', ['read', 'list'], 'finding', 'own', 'finding:read', ALWAYS),
  rule('finder', ['read'], 'intake', 'own', 'finding:read', ALWAYS),
  // Whoever has any line to hear may open the event stream; each line is asked for by what it is about.
  rule('finder', ['read'], 'stream', 'own', 'finding:read', ALWAYS),
  rule('coordinator', ['read'], 'stream', 'any', 'flaw:read', ALWAYS),
  rule('operator', ['read'], 'stream', 'own', 'exposure:read', ALWAYS),
  // They may prove what they sent, on a target of their own: what others brought is not theirs to run anything on.
  rule('finder', ['read', 'list', 'write'], 'target', 'own', 'validation:ask'),
  rule('finder', ['write'], 'evidence', 'own', 'validation:ask'),
  rule('finder', ['send', 'write'], 'validation', 'own', 'validation:ask'),
  rule('finder', ['read', 'list'], 'validation', 'own', 'finding:read', ALWAYS),

  // The coordinator works on flaws: groups, decides, releases what a finder may be told.
  rule('coordinator', ['read', 'list'], 'report', 'any', 'flaw:read', ALWAYS),
  rule('coordinator', ['read', 'list'], 'finding', 'any', 'flaw:read', ALWAYS),
  rule('coordinator', ['release'], 'finding', 'any', 'flaw:decide'),
  rule('coordinator', ['read', 'list'], 'flaw', 'any', 'flaw:read', ALWAYS),
  rule('coordinator', ['decide'], 'flaw', 'any', 'flaw:decide'),
  rule('coordinator', ['read', 'decide'], 'suggestion', 'any', 'flaw:decide'),
  rule('coordinator', ['read', 'write'], 'thread', 'any', 'flaw:decide'),
  rule('coordinator', ['read'], 'intake', 'any', 'flaw:read', ALWAYS),
  rule('coordinator', ['list', 'read'], 'organisation', 'any', 'flaw:read', ALWAYS),
  rule('coordinator', ['read', 'list'], 'target', 'any', 'flaw:read'),
  rule('coordinator', ['write'], 'target', 'any', 'validation:ask'),
  rule('coordinator', ['write'], 'evidence', 'any', 'validation:ask'),
  rule('coordinator', ['send', 'write'], 'validation', 'any', 'validation:ask'),
  rule('coordinator', ['read', 'list'], 'validation', 'any', 'flaw:read', ALWAYS),

  // The administrator keeps people and tokens, and reads no report.
  rule('administrator', ['list', 'read', 'manage'], 'organisation', 'any', 'people:manage', ALWAYS),
  rule('administrator', ['list', 'read', 'manage'], 'person', 'any', 'people:manage', ALWAYS),
  rule('administrator', ['list', 'manage'], 'invite', 'any', 'people:manage', ALWAYS),
  rule('administrator', ['list', 'manage'], 'token', 'any', 'people:manage', ALWAYS),
  rule('administrator', ['list', 'manage'], 'runner', 'any', 'people:manage', ALWAYS),
  // A group-admin keeps the people of the own organisation, in the roles of grantable.ts, and reads no report or case by it.
  rule('group-admin', ['list', 'read'], 'organisation', 'own', 'people:manage', ALWAYS),
  rule('group-admin', ['list', 'read', 'manage'], 'person', 'own', 'people:manage', ALWAYS),
  rule('group-admin', ['list', 'manage'], 'invite', 'own', 'people:manage', ALWAYS),
  rule('signed-in', ['list', 'manage'], 'token', 'self', 'token:manage', ALWAYS),

  // A runner takes the next job, whichever it is, and of that one job sees the inputs, as long as it shows its lease.
  rule('runner', ['write'], 'runner', 'any', 'job:lease'),
  rule('runner', ['list'], 'job', 'any', 'job:lease'),
  rule('runner', ['read', 'write'], 'job', 'holder', 'job:lease'),

  // A developer opens a docket; an officer sees those of the own office and takes them up; for all else one needs a seat in it.
  rule('developer', ['send'], 'docket', 'any', 'docket:act'),
  rule('officer', ['list', 'read'], 'docket', 'own', 'docket:read', ALWAYS),
  rule('officer', ['decide'], 'docket', 'own', 'docket:act', ALWAYS),
  rule('signed-in', ['list', 'read'], 'docket', 'seated', 'docket:read', ALWAYS),
  rule('signed-in', ['decide', 'write'], 'docket', 'seated', 'docket:act'),
  rule('signed-in', ['list', 'read'], 'run-set', 'seated', 'docket:read'),
  rule('signed-in', ['send', 'write'], 'run-set', 'seated', 'docket:act'),
  rule('developer', ['list', 'read', 'send', 'decide'], 'agreement', 'own', 'docket:act', ALWAYS),
  rule('officer', ['list', 'read', 'send', 'decide'], 'agreement', 'own', 'docket:act', ALWAYS),

  // Coordination runs the cases of its own organisation; whoever else takes part needs to be a party, in a role that has to do with flaws.
  rule('coordinator', ['list', 'read'], 'case', 'own', 'case:read', ALWAYS),
  rule('coordinator', ['send', 'decide', 'write'], 'case', 'own', 'case:act'),
  ...(['finder', 'maintainer', 'coordinator', 'operator', 'partner'] as const).flatMap((role) => [
    rule(role, ['list', 'read'], 'case', 'party', 'case:read', ALWAYS),
    rule(role, ['decide', 'write'], 'case', 'party', 'case:act'),
  ]),

  // What projects say about themselves is plain to whoever works on flaws. A maintainer whose organisation is not proved to be the
  // project's may ask for a proof and nothing more (app/projects says so); whether there is a case about it only the right ones see.
  ...(['finder', 'maintainer', 'coordinator'] as const).map((role) =>
    rule(role, ['list', 'read'], 'project', 'any', 'case:read'),
  ),
  rule('coordinator', ['send', 'decide'], 'project', 'any', 'case:act'),
  rule('maintainer', ['decide'], 'project', 'any', 'case:act'),
  rule('maintainer', ['list'], 'inbox', 'own', 'case:read'),
  rule('coordinator', ['list', 'read'], 'letter', 'own', 'case:read'),
  rule('coordinator', ['send', 'decide'], 'letter', 'own', 'case:act'),
  ...(['finder', 'maintainer', 'coordinator', 'operator', 'partner'] as const).flatMap((role) => [
    rule(role, ['list', 'write'], 'notice', 'own', 'case:read', ALWAYS),
    rule(role, ['list', 'send', 'decide'], 'webhook', 'own', 'case:act'),
  ]),

  // What is published is everybody's. A draft belongs to its case: coordination writes it and lets it out, who reads the case reads it.
  rule('anyone', ['list', 'read'], 'advisory', 'any', null, ALWAYS),
  rule('coordinator', ['list', 'read', 'send', 'write', 'decide'], 'advisory-draft', 'own', 'case:act', ALWAYS),
  ...(['finder', 'maintainer', 'coordinator', 'operator', 'partner'] as const).map((role) =>
    rule(role, ['list', 'read'], 'advisory-draft', 'party', 'case:read'),
  ),
  // What is passed on to other coordinators, and CVE ids: by a click of whoever coordinates the case.
  rule('coordinator', ['list', 'send', 'decide'], 'relay', 'own', 'case:act', ALWAYS),

  // Who scans what is their organisation's alone; what projects say and what is certified is for everybody. Coordination enters what
  // projects say and what wants a look, and can say whose a contact is, and of claims reads nothing.
  rule('finder', ['send', 'list', 'read', 'decide'], 'claim', 'own', 'claim:make', ALWAYS),
  rule('finder', ['list'], 'opt-out', 'any', 'claim:make', ALWAYS),
  rule('finder', ['list'], 'scan-route', 'any', 'claim:make', ALWAYS),
  rule('finder', ['list', 'send'], 'scan-request', 'any', 'claim:make', ALWAYS),
  rule('finder', ['list', 'send'], 'certificate', 'any', 'claim:make', ALWAYS),
  rule('finder', ['read'], 'coverage', 'any', 'claim:make', ALWAYS),
  rule('coordinator', ['read'], 'contact', 'any', 'flaw:decide', ALWAYS),
  rule('coordinator', ['list', 'write'], 'opt-out', 'any', 'flaw:decide', ALWAYS),
  rule('coordinator', ['list', 'write'], 'scan-route', 'any', 'flaw:decide', ALWAYS),
  rule('coordinator', ['list', 'write'], 'scan-request', 'any', 'flaw:decide', ALWAYS),
  rule('coordinator', ['list'], 'certificate', 'any', 'flaw:read', ALWAYS),
  rule('coordinator', ['read'], 'coverage', 'any', 'flaw:read', ALWAYS),
  rule('anyone', ['read'], 'scan-feed', 'any', null, ALWAYS),

  // The order's and the directive's duties are public; coordination keeps what is said of them. An organisation's own are its own.
  rule('anyone', ['read'], 'duty', 'any', null, ALWAYS),
  rule('coordinator', ['decide'], 'duty', 'any', 'case:act', ALWAYS),
  ...(['operator', 'coordinator'] as const).flatMap((role) => [
    rule(role, ['list'], 'own-duty', 'own', 'case:read', ALWAYS),
    rule(role, ['write'], 'own-duty', 'own', 'case:act', ALWAYS),
  ]),

  // What other people's databases say is public. Who keeps the instance brings it; who coordinates or runs things sees what came in.
  rule('signed-in', ['read'], 'record', 'any', null, ALWAYS),
  ...(['coordinator', 'administrator'] as const).map((role) =>
    rule(role, ['list', 'send'], 'record', 'any', 'record:send', ALWAYS),
  ),
  rule('operator', ['list'], 'record', 'any', 'exposure:read', ALWAYS),

  // What an operator runs and owes is their own organisation's alone: no coordinator and no administrator reads it.
  rule('operator', ['list', 'read'], 'inventory', 'own', 'exposure:read', ALWAYS),
  rule('operator', ['send', 'write'], 'inventory', 'own', 'exposure:act', ALWAYS),
  rule('operator', ['list', 'read'], 'obligation', 'own', 'exposure:read', ALWAYS),
  rule('operator', ['send', 'decide', 'write'], 'obligation', 'own', 'exposure:act', ALWAYS),

  // The inspector reads who did what, never content.
  rule('inspector', ['list', 'read'], 'organisation', 'any', 'ledger:read', ALWAYS),
]
