import type { Capabilities } from './channels/channel.ts'
import type { Moment } from './core/answer.ts'
import { breakerSince, isRunaway } from './core/breaker.ts'
import { addMinutes } from './core/calendar.ts'
import { never } from './core/never.ts'
import { findPerson, hasRole, type Office, type Person } from './core/office.ts'
import { packsOf, type ReportPack } from './core/pack.ts'
import { type Period, readPeriodKey } from './core/period.ts'
import { latestByCode, type Round, titleOf } from './core/round.ts'
import type { Say } from './core/say.ts'
import type { Effect, Step } from './core/talk.ts'
import { describeDifference, writeAt } from './core/versions.ts'
import { type Draft, draftReport } from './draft.ts'
import { hashCode, INVITE_MINUTES, newCode } from './invite.ts'
import { fitMessage } from './outgoing.ts'
import { readRound } from './rounds.ts'
import type { Address, Deed, Facts, NewMessage, SaidRow } from './store/store.ts'
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
  /** Nobody asked for its words just now. */
  readonly isUnasked: boolean
}

/** A deed while its effects are written into it. */
type Writing = {
  readonly [Key in Exclude<keyof Deed, 'at' | 'talks'>]: Deed[Key][number][]
}

/** Turns decisions into rows. */
export interface Deeds {
  /** Answers, the talk, and the words to be said. */
  deedOf(decided: Step, turn: TurnFor): Promise<Deed>
}

export function createDeeds({
  packs,
  words,
  capabilitiesOf,
  inviteLinks,
}: {
  readonly packs: readonly ReportPack[]
  readonly words: Words
  readonly capabilitiesOf: (channel: string) => Capabilities | undefined
  /** The addresses by which a code can be handed in, one a channel that has any. */
  readonly inviteLinks: (code: string) => readonly string[]
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
    const reader = await readerOf(effect.to, turn, deed)
    if (!reader) return
    const { facts, office, at } = turn
    const { period, withSources } = effect
    const round = await roundFor(effect, turn, deed.answers)
    const history = withSources ? [...(await facts.answersOf(period.key))] : undefined
    const asking = { round, office, reader: reader.person, ...(history ? { history } : {}) }
    const draft = await draftReport(asking, words)
    const to = { ...reader, key: effect.key === undefined ? reader.key : `${effect.key}:${reader.person.id}` }
    const unasked: readonly Say[] = effect.key === undefined ? [] : [effect.lead ?? { key: 'report.unasked' }]
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
      const reader = await readerOf(other.id, turn, deed)
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
    const reader = await readerOf(effect.to, turn, deed)
    if (!reader) return
    deed.messages.push(...messagesOf(effect, reader))
  }

  /** The turn as another person reads its words; undefined for who cannot be written to. */
  async function readerOf(
    id: string | undefined,
    turn: TurnFor,
    { unbinds }: Writing,
  ): Promise<TurnFor | undefined> {
    if (id === undefined || id === turn.person.id) return turn
    const person = findPerson(turn.office, id)
    const address = (await turn.facts.addresses()).find(
      ({ personId, closed, channel, chat }) =>
        personId === id &&
        closed === undefined &&
        !unbinds.some((gone) => gone.channel === channel && gone.chat === chat),
    )
    if (!person || !address) return undefined
    const { channel, chat } = address
    return { ...turn, person, address: { channel, chat }, key: `${turn.key}:${id}`, isUnasked: true }
  }

  async function addPreference(
    { channel }: Effect & { type: 'prefer' },
    { facts, person }: TurnFor,
    deed: Writing,
  ): Promise<void> {
    const own = (await facts.addresses()).find((one) => one.personId === person.id && one.channel === channel)
    if (own) deed.changes.push({ type: 'prefer', channel, chat: own.chat })
  }

  async function addUnbinding(
    { personId, channel }: Effect & { type: 'unbindOther' },
    { facts, person }: TurnFor,
    deed: Writing,
  ): Promise<void> {
    const gone = (await facts.addresses()).filter(
      (one) => one.personId === personId && (channel === undefined || one.channel === channel),
    )
    deed.unbinds.push(...gone.map((one) => ({ channel: one.channel, chat: one.chat })))
    const detail = JSON.stringify({ person: personId, channels: gone.map((one) => one.channel) })
    deed.audits.push({ actor: person.id, action: 'unbindOther', detail })
  }

  /** The code is said to who asked for it, and kept as its hash. */
  function addInvite({ personId }: Effect & { type: 'invite' }, turn: TurnFor, deed: Writing): void {
    const { office, at, person } = turn
    const code = newCode()
    const expiresAt = addMinutes(at, INVITE_MINUTES)
    deed.changes.push({ type: 'invite', personId, codeHash: hashCode(code), expiresAt })
    deed.audits.push({ actor: person.id, action: 'invite', detail: JSON.stringify({ person: personId }) })
    const name = findPerson(office, personId)?.name ?? personId
    const says: readonly Say[] = [
      { key: 'invite.code', values: { person: name, code, minutes: INVITE_MINUTES } },
      ...inviteLinks(code).map((link): Say => ({ key: 'invite.link', values: { link } })),
    ]
    deed.messages.push(...messagesOf({ says, choices: [] }, turn))
  }

  /** Turns a decision into rows: answers, the talk, and the words to be said. */
  async function deedOf(decided: Step, turn: TurnFor): Promise<Deed> {
    const { person, at, address, messageId } = turn
    const deed: Writing = {
      answers: [],
      messages: [],
      audits: [],
      periods: [],
      versions: [],
      unbinds: [],
      changes: [],
    }
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
        case 'prefer':
          await addPreference(effect, turn, deed)
          break
        case 'unbindOther':
          await addUnbinding(effect, turn, deed)
          break
        case 'invite':
          addInvite(effect, here, deed)
          break
        case 'audit':
          deed.audits.push({ actor: person.id, action: effect.action, detail: JSON.stringify(effect.detail) })
          break
        case 'settleUnsure':
          deed.changes.push({ type: 'settle', id: effect.id, as: effect.as })
          break
        default:
          never(effect)
      }
    }
    return {
      ...deed,
      messages: await withRunawaysHeld(deed.messages, turn),
      at,
      talks: [{ personId: person.id, talk: JSON.stringify(decided.talk) }],
    }
  }

  /** Where something runs in circles, its words are kept and not sent. */
  async function withRunawaysHeld(
    messages: readonly NewMessage[],
    { facts, at }: TurnFor,
  ): Promise<readonly NewMessage[]> {
    // What is said in a group is said to nobody alone.
    if (facts.inbound?.sender !== undefined) return messages
    const readers = new Set(messages.flatMap(({ personId }) => personId ?? []))
    const said = await facts.saidTo([...readers], breakerSince(at))
    const told: SaidRow[] = [...said]
    return messages.map((message) => {
      const { personId = '', text, isUnasked = false } = message
      const next: SaidRow = { personId, at, text, isUnasked }
      if (
        isRunaway(
          next,
          told.filter((one) => one.personId === personId),
        )
      )
        return { ...message, held: 'the same words again and again, or too many' }
      told.push(next)
      return message
    })
  }

  /** One message; a long one becomes pages, and what goes with it goes with the last. */
  function messagesOf(
    { says, choices, link }: { says: readonly Say[]; choices: readonly Say[]; link?: 'upload' },
    turn: TurnFor,
    file?: Draft['file'],
  ): readonly NewMessage[] {
    const audience: Audience = { address: turn.person.address, name: turn.person.name }
    const pages = paginate(says.map((say) => words.phrase(say, audience)).join('\n\n'))
    return pages.flatMap((text, index): readonly NewMessage[] => {
      const isLast = index === pages.length - 1
      const message: NewMessage = {
        ...turn.address,
        personId: turn.person.id,
        key: `${turn.key}:${index}`,
        text,
        choices: isLast ? choices.map((choice) => words.phrase(choice, audience)) : [],
        isUnasked: turn.isUnasked,
        ...(isLast && file ? { file } : {}),
        ...(isLast && link ? { link } : {}),
      }
      // A channel without quick replies gets the same words; what could be pressed stands in them.
      return fitMessage(message, capabilitiesOf(turn.address.channel))
    })
  }

  return { deedOf }
}
