import type { Answer } from '../core/answer.ts'
import { breakerSince } from '../core/breaker.ts'
import { readGiven } from './columns.ts'
import {
  type Deed,
  EMPTY_DEED,
  type SaidRow,
  type StoredAddress,
  type StoredOffice,
  type StoredPeriod,
} from './store.ts'

/** What has been read of an office, as it stands at one count of its writes. */
export interface Notes {
  readonly rev: number
  office?: StoredOffice
  periods?: readonly StoredPeriod[]
  addresses?: readonly StoredAddress[]
  readonly talks: Map<string, string | undefined>
  /** The latest to each item, by period. */
  readonly answers: Map<string, readonly Answer[]>
  /** Since the day before, by person. */
  readonly said: Map<string, readonly SaidRow[]>
}

/** Remembers offices between their turns: good only for who next writes, since every write counts. */
export interface Memory {
  /** A copy of what is known just before this count; nothing where somebody else has written since. */
  open(officeId: string, rev: number): Notes
  /** What was known, with what the deed has added. */
  keep(officeId: string, notes: Notes, deed: Deed): void
}

const OFFICES_MAX = 200

export function createMemory(): Memory {
  return memoryOn(new Map())
}

/** A memory of its own for one transaction: what it keeps is known to all only once it is settled. */
export function layerOver(memory: Memory): Memory & { settle(): void } {
  const known = new Map<string, Notes>()
  const layer = memoryOn(known)
  return {
    open: (officeId, rev) => (known.has(officeId) ? layer : memory).open(officeId, rev),
    keep: layer.keep,
    settle: () => {
      for (const [officeId, notes] of known) memory.keep(officeId, notes, { ...EMPTY_DEED, at: '' })
    },
  }
}

function memoryOn(known: Map<string, Notes>): Memory {
  return {
    open(officeId, rev) {
      const last = known.get(officeId)
      if (last?.rev !== rev - 1) return { rev, talks: new Map(), answers: new Map(), said: new Map() }
      const { talks, answers, said } = last
      return { ...last, rev, talks: new Map(talks), answers: new Map(answers), said: new Map(said) }
    },

    keep(officeId, notes, deed) {
      if ((known.get(officeId)?.rev ?? 0) > notes.rev) return
      known.delete(officeId)
      known.set(officeId, after(notes, deed))
      const [oldest] = known.keys()
      if (known.size > OFFICES_MAX && oldest !== undefined) known.delete(oldest)
    },
  }
}

/** What the deed changed is put in where that is plain, and read anew where it is not. */
function after(notes: Notes, deed: Deed): Notes {
  const { periods, addresses, said, ...rest } = notes
  for (const { personId, talk } of deed.talks) rest.talks.set(personId, talk)
  for (const { periodKey, answer } of deed.answers) {
    const before = rest.answers.get(periodKey)
    if (before)
      rest.answers.set(periodKey, [...before.filter(({ code }) => code !== answer.code), asKept(answer)])
  }
  const isPlain = deed.messages.every(({ personId }) => personId !== undefined)
  return {
    ...rest,
    ...(periods && deed.periods.length === 0 && { periods }),
    ...(addresses && deed.unbinds.length + deed.changes.length === 0 && { addresses }),
    said: isPlain ? saidAfter(said, deed) : new Map(),
  }
}

function saidAfter(said: Notes['said'], { messages, at }: Deed): Notes['said'] {
  for (const { personId = '', text, isUnasked = false, held } of messages) {
    const before = said.get(personId)
    const recent = before?.filter((one) => one.at > breakerSince(at))
    if (recent && held === undefined) said.set(personId, [...recent, { personId, at, text, isUnasked }])
  }
  return said
}

/** As it would be read. */
function asKept({ code, given, raw, by, at, channel, messageId, reason }: Answer): Answer {
  const answer = { code, given: readGiven(JSON.stringify(given)), raw, by, at, channel, messageId }
  return reason === undefined ? answer : { ...answer, reason }
}
