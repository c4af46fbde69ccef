import type { ActionKind } from './action.ts'
import type { TriageStepName } from './triage.ts'

/** For people without a security team: what it is, what to do first, whom to ask. */
export interface PlainWords {
  readonly what: string
  readonly first: string
  readonly ask: string
}

const VENDOR = 'Ask whoever sold or installs this system for you; give them the name and the version shown here.'

const ACTIONS: Readonly<Record<ActionKind, Omit<PlainWords, 'what'>>> = {
  upgrade: {
    first:
      'Make a backup, then install the version shown here, beginning with the machines that can be reached from the internet.',
    ask: VENDOR,
  },
  mitigate: {
    first:
      'There is no fixed version yet. Take the system off the internet, or let only the people who need it reach it, and write down what you did.',
    ask: `${VENDOR} Ask when a fix will come and what to switch off until then.`,
  },
  retire: {
    first: 'Nobody repairs this software any more. Plan what takes its place, and until then keep it away from the internet.',
    ask: 'Ask whoever looks after your systems for a product that is still repaired.',
  },
  replace: {
    first: 'The maker no longer repairs this device. Write it on your list, and plan a new one before the date.',
    ask: 'Ask your network provider or the maker’s dealer for a device that is still supported, and until when.',
  },
  triage: {
    first: 'Do not update or restart yet. Write down which machines run it, and have their memory and logs saved; then update.',
    ask: 'If you have nobody who can do this, call your national or sector incident team (in the United States CISA, 24 hours a day) before you change anything.',
  },
}

const TIERS: Readonly<Record<string, string>> = {
  '3DF':
    'Attackers use this weakness now and can take the system over. It may have happened already. You have three days, and must look for signs of a break-in first.',
  '3D': 'Attackers can use this weakness without much effort, or do so now. You have three days.',
  '14D': 'This weakness is serious for you. You have two weeks.',
  '60D': 'This weakness should be mended, without hurry. You have 60 days.',
  FSU: 'This weakness can wait for the next large update or rebuild of the system. There is no date.',
  KEV: 'Attackers use this weakness now. The date is the one that CISA gives for it.',
  'NOT-LISTED': 'Nobody has reported attacks with this weakness. There is no date.',
  I: 'Drop other work and mend this now.',
  O: 'Mend this sooner than your usual updates.',
  S: 'Mend this with your next usual updates.',
  D: 'Nothing needs to be done now.',
  NONE: 'You follow no rule that gives a date.',
}

const STEPS: Readonly<Record<TriageStepName, string>> = {
  scope: 'List every machine that runs the software shown here and could be reached.',
  collect:
    'Save what is lost at a restart or an update: memory, running programs, open connections, logs. Do this before you install anything.',
  analyse:
    'Look through what was saved for the signs listed here. Say: nothing found, suspected, or confirmed. If it is suspected or confirmed, call an incident team.',
}

// Who opens the update alone must not miss it: an update destroys the traces that the directive wants saved before.
const TRACES =
  'First save memory and logs: the line about traces in this list says how. An update or a restart destroys them. Then:'

/**
 * The sentences for an action under a tier; a tier of an organisation's own policy is named by its own words. `tracesOwed`: forensic
 * triage is asked of a flaw that it settles, and nobody said yet that the traces are saved.
 */
export function plainWords(kind: ActionKind, tier: string, tierName: string, tracesOwed = false): PlainWords {
  const what = Object.hasOwn(TIERS, tier) ? TIERS[tier]! : `By your own policy: ${tierName}.`
  const { first, ask } = ACTIONS[kind]
  return {
    what: kind === 'replace' ? 'This device stands at the edge of your network and gets no more repairs.' : what,
    first: tracesOwed && kind !== 'triage' ? `${TRACES} ${first[0]!.toLowerCase()}${first.slice(1)}` : first,
    ask,
  }
}

/** What a step of triage means. */
export function plainStep(step: TriageStepName): string {
  return STEPS[step]
}
