// One table maps every refusal to an RFC 9457 problem and to an exit code of the command line.

export interface ProblemKind {
  readonly status: number
  readonly title: string
  /** Exit code: 1 findings need attention, 2 bad input, 3 refused by policy, 4 unavailable. */
  readonly exit: 1 | 2 | 3 | 4
}

export const PROBLEMS = {
  'request.invalid': { status: 400, title: 'The request is not what this address takes', exit: 2 },
  'request.too-large': { status: 413, title: 'The request is too large', exit: 2 },
  'request.wrong-media': { status: 415, title: 'The content type is not taken here', exit: 2 },
  'report.unknown-format': { status: 422, title: 'The file is of no format Weir reads', exit: 2 },
  'report.not-decodable': { status: 422, title: 'The compressed file cannot be unpacked', exit: 2 },
  'thing.not-found': { status: 404, title: 'Not found', exit: 3 },
  'session.required': { status: 401, title: 'Sign in first', exit: 3 },
  'session.not-accepted': { status: 401, title: 'The sign-in was not accepted', exit: 3 },
  'origin.not-accepted': { status: 403, title: 'The request came from another site', exit: 3 },
  'quota.exceeded': { status: 429, title: 'The quota is used up', exit: 3 },
  'flaw.changed': { status: 409, title: 'Somebody else changed it meanwhile', exit: 1 },
  'flaw.not-open': { status: 409, title: 'The flaw is no longer open', exit: 1 },
  'flaw.refused': { status: 409, title: 'That cannot be done to this flaw now', exit: 1 },
  'flaw.nothing-to-undo': { status: 409, title: 'There is nothing to undo', exit: 1 },
  'suggestion.decided': { status: 409, title: 'That was decided already', exit: 1 },
  'target.no-recipe': { status: 409, title: 'The target has no recipe yet', exit: 1 },
  'validation.nothing-to-run': { status: 409, title: 'There is nothing that could be run', exit: 1 },
  'validation.ended': { status: 409, title: 'It has ended already', exit: 1 },
  'job.statement-refused': { status: 422, title: 'The statement is not one this server can take', exit: 2 },
  'docket.refused': { status: 409, title: 'That cannot be done to this docket now', exit: 1 },
  'docket.changed': { status: 409, title: 'Somebody else changed it meanwhile', exit: 1 },
  'docket.closed': { status: 410, title: 'The docket is closed and its keys are destroyed', exit: 3 },
  'claim.refused': { status: 409, title: 'That cannot be claimed or done to a claim now', exit: 3 },
  'scan.refused': { status: 409, title: 'That cannot be done now', exit: 1 },
  'target.refused': { status: 422, title: 'That is no target that can be named here', exit: 2 },
  'certificate.refused': { status: 422, title: 'The statement is not one this server can take', exit: 2 },
  'custody.refused': { status: 409, title: 'The custodian did not take it', exit: 1 },
  'suite.refused': { status: 422, title: 'That is no suite of tasks', exit: 2 },
  'case.refused': { status: 409, title: 'That cannot be done to this case now', exit: 1 },
  'case.changed': { status: 409, title: 'Somebody else changed it meanwhile', exit: 1 },
  'case.flaw-taken': { status: 409, title: 'A flaw is in an open case already', exit: 1 },
  'case.closed': { status: 410, title: 'The case is closed and its key is destroyed', exit: 3 },
  'project.refused': { status: 409, title: 'That cannot be done to this project now', exit: 1 },
  'project.changed': { status: 409, title: 'Somebody else changed it meanwhile', exit: 1 },
  'project.exists': { status: 409, title: 'That package or repository has a project already', exit: 1 },
  'letter.refused': { status: 409, title: 'That letter cannot be written or sent now', exit: 1 },
  'letter.changed': { status: 409, title: 'Somebody else changed it meanwhile', exit: 1 },
  'link.refused': { status: 410, title: 'This link does nothing any more', exit: 3 },
  'webhook.refused': { status: 422, title: 'Webhooks do not go there', exit: 2 },
  'advisory.refused': { status: 409, title: 'That cannot be done to this advisory now', exit: 1 },
  'advisory.changed': { status: 409, title: 'Somebody else changed it meanwhile', exit: 1 },
  'duty.refused': { status: 409, title: 'That cannot be said of this duty now', exit: 1 },
  'duty.changed': { status: 409, title: 'Somebody else changed it meanwhile', exit: 1 },
  'vex.refused': { status: 422, title: 'This is no VEX document that can be used', exit: 2 },
  'inventory.refused': { status: 422, title: 'This inventory cannot be read', exit: 2 },
  'exposure.reading': { status: 503, title: 'The records are still being read', exit: 4 },
  'action.refused': { status: 409, title: 'That cannot be done here now', exit: 1 },
  'rule.changed': { status: 409, title: 'Somebody else changed it meanwhile', exit: 1 },
  'duty.exists': { status: 409, title: 'Your organisation has a duty of that id already', exit: 1 },
  'relay.refused': { status: 409, title: 'That cannot be passed on now', exit: 1 },
  'person.exists': { status: 409, title: 'That address belongs to a person already', exit: 1 },
  'person.last-administrator': { status: 409, title: 'Somebody must remain who can keep the people', exit: 3 },
  'person.last-group-admin': {
    status: 409,
    title: 'Somebody of the organisation must remain who can keep its people',
    exit: 3,
  },
  'person.not-yours': { status: 409, title: 'An administrator of the instance keeps this person', exit: 3 },
  'role.not-yours': { status: 409, title: 'An administrator of the instance gives that role', exit: 3 },
  'organisation.exists': { status: 409, title: 'An organisation has that name already', exit: 1 },
  'ledger.stopped': { status: 503, title: 'The ledger has stopped signing until a person decides', exit: 4 },
  'server.starting': { status: 503, title: 'The server is starting', exit: 4 },
  'server.unavailable': { status: 503, title: 'The server cannot do that now', exit: 4 },
  internal: { status: 500, title: 'Something went wrong here', exit: 4 },
} as const satisfies Record<string, ProblemKind>

export type ProblemCode = keyof typeof PROBLEMS

/** RFC 9457 problem document, media type `application/problem+json`. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ProblemCode
  readonly detail?: string
  /** Where in the request: a JSON pointer or a header's name. */
  readonly where?: string
  /** Copied into the log as well, so that the two can be matched; random. */
  readonly trace?: string
}

export function problem(code: ProblemCode, more: { detail?: string; where?: string; trace?: string } = {}): Problem {
  const { status, title } = PROBLEMS[code]
  return { type: `https://weir.invalid/problems/${code}`, title, status, code, ...more }
}
