import type { Moment } from './core/answer.ts'
import { never } from './core/never.ts'
import { findPerson, hasRole, type Office, type Person } from './core/office.ts'
import { packsOf, type ReportPack } from './core/pack.ts'
import { type Period, readPeriodKey } from './core/period.ts'
import { latestByCode, type Round, titleOf } from './core/round.ts'
import type { Say } from './core/say.ts'
import type { Effect, Step } from './core/talk.ts'
import { describeDifference, writeAt } from './core/versions.ts'
import { type Draft, draftReport } from './draft.ts'
import { readRound } from './rounds.ts'
import type { Address, Deed, Facts, NewMessage } from './store/store.ts'
import { type Audience, paginate, type Words } from './words.ts'

/** Whose turn it is, and where its words go. */
export interface TurnFor {
  readonly facts: Facts
  readonly office: Office
  readonly person: Person
  readonly at: Moment
  readonly address: Address
  /** Names the turn's message for all time. */
  readonly key: string
  readonly messageId: string
}

/** A deed while its effects are written into it. */
type Writing = {
  readonly [Key in Exclude<keyof Deed, 'at' | 'talks'>]: Deed[Key][number][]
}

/** Turns decisions into rows; `buttonsOf` tells how many quick replies a channel has. */
export interface Deeds {
  /** Answers, the talk, and the words to be said. */
  deedOf(decided: Step, turn: TurnFor): Promise<Deed>
}

export function createDeeds({
  packs,
  words,
  buttonsOf,
}: {
  readonly packs: readonly ReportPack[]
  readonly words: Words
  readonly buttonsOf: (channel: string) => number | undefined
}): Deeds {
  /** The collection as it stands with what this very turn has added. */
  async function roundFor(
    { packId, period }: { readonly packId: string; readonly period: Period },
    { facts, office, at }: TurnFor,
    added: Deed['answers'],
  ): Promise<Round> {
    const pack = packs.find((one) => one.id === packId)
    if (!pack) throw new Error(`no pack ${packId}`)
    const round = await readRound(facts, { office, pack, period, now: at })
    const own = added.filter(({ periodKey }) => periodKey === period.key).map(({ answer }) => answer)
    return own.length === 0 ? round : { ...round, answers: latestByCode([...round.answers.values(), ...own]) }
  }

  /** The draft goes out with a summary, and is a version of its own where it differs from the last. */
  async function addReport(effect: Effect & { type: 'report' }, turn: TurnFor, deed: Writing): Promise<void> {
    const reader = await readerOf(effect.to, turn)
    if (!reader) return
    const { facts, office, at } = turn
    const { period, withSources } = effect
    const round = await roundFor(effect, turn, deed.answers)
    const history = withSources ? [...(await facts.answersOf(period.key))] : undefined
    const asking = { round, office, reader: reader.person, ...(history ? { history } : {}) }
    const draft = await draftReport(asking, words)
    const to = { ...reader, key: effect.key === undefined ? reader.key : `${effect.key}:${reader.person.id}` }
    const unasked: readonly Say[] = effect.key === undefined ? [] : [{ key: 'report.unasked' }]
    const says = [...unasked, ...draft.summary]
    deed.messages.push(...messagesOf({ says, choices: draft.choices }, to, draft.file))
    deed.audits.push({
      actor: effect.key === undefined ? turn.person.id : 'thuky',
      action: 'report',
      detail: JSON.stringify({ period: period.key, sha256: draft.sha256, at }),
    })
    if (!withSources) await addVersion({ ...draft, period, isApproved: false }, turn, deed)
  }

  /** Kept only where the file differs from the last one handed out, or is approved. */
  async function addVersion(
    version: {
      readonly period: Period
      readonly sha256: string
      readonly file: Draft['file']
      readonly isApproved: boolean
    },
    { facts, person }: TurnFor,
    deed: Writing,
  ): Promise<number> {
    const { period, sha256, file, isApproved } = version
    const kept = await facts.versionsOf(period.key)
    const last = deed.versions.findLast(({ periodKey }) => periodKey === period.key) ?? kept.at(-1)
    // Each approval is one of its own: the report is approved by the last that closed it.
    if (!isApproved && last?.sha256 === sha256 && !last.isApproved) return last.n
    const n = (last?.n ?? 0) + 1
    deed.versions.push({ periodKey: period.key, n, by: person.id, sha256, isApproved, file })
    return n
  }

  /** The approved file is kept and goes to every leader; from now on nothing can be changed. */
  async function addApproval(
    effect: Effect & { type: 'approve' },
    turn: TurnFor,
    deed: Writing,
  ): Promise<void> {
    const { facts, office, person, at } = turn
    const { period } = effect
    const round = await roundFor(effect, turn, deed.answers)
    const final = await draftReport(
      { round: { ...round, signing: at.slice(0, 10) }, office, isFinal: true },
      words,
    )
    const n = await addVersion({ ...final, period, isApproved: true }, turn, deed)
    const values = { period: titleOf(round), n, hash: final.sha256.slice(0, 8) }
    const done: Say = { key: 'approve.done', values }
    deed.messages.push(...messagesOf({ says: [done], choices: [] }, turn, final.file))
    for (const other of office.people) {
      if (other.id === person.id || !hasRole(other, 'chairman', 'coordinator')) continue
      const reader = await readerOf(other.id, turn)
      const told: Say = { key: 'approve.told', values: { ...values, person: person.name } }
      if (reader) deed.messages.push(...messagesOf({ says: [told], choices: [] }, reader, final.file))
    }
    const stored = facts.periods.find(({ key }) => key === period.key)
    const opened = stored ?? { key: period.key, packId: effect.packId, openedAt: at }
    deed.periods.push({ key: opened.key, packId: opened.packId, openedAt: opened.openedAt, closedAt: at })
    const detail = JSON.stringify({ period: period.key, n, sha256: final.sha256 })
    deed.audits.push({ actor: person.id, action: 'approve', detail })
  }

  function addPeriod(
    effect: Effect & { type: 'period' },
    { facts, person, at }: TurnFor,
    deed: Writing,
  ): void {
    const stored = facts.periods.find(({ key }) => key === effect.periodKey)
    if (!stored) return
    const { key, packId, openedAt } = stored
    deed.periods.push({ key, packId, openedAt, ...(effect.isClosed ? { closedAt: at } : { reopenedAt: at }) })
    const { isClosed, reason } = effect
    deed.audits.push({
      actor: person.id,
      action: isClosed ? 'close' : 'reopen',
      detail: JSON.stringify({ period: key, ...(reason === undefined ? {} : { reason }) }),
    })
  }

  async function addResend(effect: Effect & { type: 'resend' }, turn: TurnFor, deed: Writing): Promise<void> {
    const { facts, office } = turn
    const version = (await facts.versionsOf(effect.periodKey)).find(({ n }) => n === effect.n)
    const file = version && (await facts.fileOf(version.fileId))
    const period = readPeriodKey(effect.periodKey)
    const pack = period && packsOf(office, packs).find((one) => one.periods[period.name] !== undefined)
    if (!version || !file || !period || !pack)
      throw new Error(`version ${effect.n} of ${effect.periodKey} is gone`)
    const { n, sha256, isApproved } = version
    const values = { n, period: titleOf({ pack, period }), hash: sha256.slice(0, 8), at: writeAt(version.at) }
    const key = isApproved ? 'versions.sentApproved' : 'versions.sent'
    deed.messages.push(...messagesOf({ says: [{ key, values }, ...effect.ending], choices: [] }, turn, file))
  }

  async function addDifference(
    { packId, period, from, to, ending }: Effect & { type: 'difference' },
    turn: TurnFor,
    deed: Writing,
  ): Promise<void> {
    const round = await roundFor({ packId, period }, turn, [])
    const history = await turn.facts.historyOf(period.key)
    const says = [...describeDifference({ round, office: turn.office, history }, from, to), ...ending]
    deed.messages.push(...messagesOf({ says, choices: [] }, turn))
  }

  /** Words to somebody else of the office; nobody is written to who has no chat. */
  async function addTold(effect: Effect & { type: 'tell' }, turn: TurnFor, deed: Writing): Promise<void> {
    const reader = await readerOf(effect.to, turn)
    if (!reader) return
    deed.messages.push(...messagesOf(effect, reader))
  }

  /** The turn as another person reads its words; undefined for who cannot be written to. */
  async function readerOf(id: string | undefined, turn: TurnFor): Promise<TurnFor | undefined> {
    if (id === undefined || id === turn.person.id) return turn
    const person = findPerson(turn.office, id)
    const [address] = await turn.facts.addressesOf(id)
    return person && address && { ...turn, person, address, key: `${turn.key}:${id}` }
  }

  /** Turns a decision into rows: answers, the talk, and the words to be said. */
  async function deedOf(decided: Step, turn: TurnFor): Promise<Deed> {
    const { person, at, address, messageId } = turn
    const deed: Writing = { answers: [], messages: [], audits: [], periods: [], versions: [], unbinds: [] }
    for (const effect of decided.effects) {
      // Each message has a key of its own, though one turn may say several.
      const count = deed.messages.length
      const here = count === 0 ? turn : { ...turn, key: `${turn.key}:${count}` }
      switch (effect.type) {
        case 'record': {
          const { periodKey, code, given, raw, reason } = effect
          const answer = { code, given, raw, by: person.id, at, channel: address.channel, messageId }
          deed.answers.push({ periodKey, answer: reason === undefined ? answer : { ...answer, reason } })
          break
        }
        case 'say':
          deed.messages.push(...messagesOf(effect, here))
          break
        case 'tell':
          await addTold(effect, here, deed)
          break
        case 'report':
          await addReport(effect, here, deed)
          break
        case 'approve':
          await addApproval(effect, here, deed)
          break
        case 'period':
          addPeriod(effect, turn, deed)
          break
        case 'resend':
          await addResend(effect, here, deed)
          break
        case 'difference':
          await addDifference(effect, here, deed)
          break
        case 'unbind':
          deed.unbinds.push(address)
          break
        default:
          never(effect)
      }
    }
    return { ...deed, at, talks: [{ personId: person.id, talk: JSON.stringify(decided.talk) }] }
  }

  /** One message; a long one becomes pages, and what goes with it goes with the last. */
  function messagesOf(
    { says, choices }: { says: readonly Say[]; choices: readonly Say[] },
    turn: TurnFor,
    file?: Draft['file'],
  ): readonly NewMessage[] {
    const audience: Audience = { address: turn.person.address, name: turn.person.name }
    // A channel without quick replies gets the same words; what could be pressed stands in them.
    const buttons = buttonsOf(turn.address.channel)
    const pages = paginate(says.map((say) => words.phrase(say, audience)).join('\n\n'))
    return pages.map((text, index): NewMessage => {
      const isLast = index === pages.length - 1
      return {
        ...turn.address,
        personId: turn.person.id,
        key: `${turn.key}:${index}`,
        text,
        choices: isLast ? choices.slice(0, buttons).map((choice) => words.phrase(choice, audience)) : [],
        ...(isLast && file ? { file } : {}),
      }
    })
  }

  return { deedOf }
}
