import { readAddresses } from './address.ts'
import type { Database, Transaction } from './database.ts'
import { keepDeed } from './deed.ts'
import { gather } from './gather.ts'
import { Prisma } from './generated/sqlite/client.ts'
import { findWords, takeOldest } from './inbox.ts'
import { layerOver, type Notes } from './memory.ts'
import { findTalk, readAnswers, readDeeds, readLatestAnswers, readPeriods } from './office.ts'
import { findLastChoices, readSaid, readUnsure } from './outbox.ts'
import {
  type Address,
  type Cause,
  type Deed,
  EMPTY_DEED,
  type Facts,
  type StoredInbound,
  type StoredOffice,
} from './store.ts'
import { findFile } from './transcript.ts'
import { readVersions } from './version.ts'

type Decide = (facts: Facts) => Promise<Deed | undefined>

/** Whose turn it is. All it may read and leave behind is this office's; a stranger has none. */
export interface Scene {
  readonly office?: StoredOffice
  readonly notes?: Notes
  readonly personId?: string
  readonly inbound?: StoredInbound
}

/** Thrown to roll back; neither is an error to whoever asked. */
const undecided = new Error('nothing was decided')
const moved = new Error('the chat changed hands while its turn waited in line')

/** So many turns share one transaction, and so one wait for the disk. */
const mostTogether = 50

/** On a SQLite file turns that come at once are kept together; PostgreSQL keeps them side by side. */
export function createTurns(db: Database): (cause: Cause, decide: Decide) => Promise<Deed | undefined> {
  const together = gather((batch: readonly Asked[]) => turnAll(db, batch), mostTogether)
  return async (cause, decide) => {
    const asked = { cause, decide }
    if (db.engine === 'sqlite' && cause.type === 'message') return together(asked)
    return (await turnAll(db, [asked]))[0]
  }
}

interface Asked {
  readonly cause: Cause
  readonly decide: Decide
}

/** All of them or none; of one alone it is told why. */
async function turnAll(db: Database, batch: readonly Asked[]): Promise<readonly (Deed | undefined)[]> {
  const memory = layerOver(db.memory)
  try {
    const kept = await db.prisma.$transaction(async (tx) => {
      const deeds: (Deed | undefined)[] = []
      for (const asked of batch) deeds.push(await takeTurn({ ...db, memory }, tx, asked))
      return deeds
    })
    memory.settle()
    return kept
  } catch (error) {
    if (error === moved) return turnAll(db, batch)
    if (batch.length > 1) throw error
    if (error === undecided) return [undefined]
    if (error instanceof Thrown) throw error.cause
    throw new Error('store: turn failed', { cause: error })
  }
}

/** What the decision itself threw goes on as it was thrown. */
class Thrown extends Error {}

async function takeTurn(db: Database, tx: Transaction, { cause, decide }: Asked): Promise<Deed | undefined> {
  const scene = await (cause.type === 'message' ? takeMessage(db, tx, cause) : takeDeed(db, tx, cause))
  if (scene === undefined) return undefined
  const facts = await readFacts(tx, scene)
  const deed = await decide(facts).catch((cause: unknown) => {
    throw new Thrown('the decision failed', { cause })
  })
  if (deed === undefined) throw undecided
  await keepDeed(tx, scene, deed)
  if (scene.office && scene.notes) db.memory.keep(scene.office.id, scene.notes, deed)
  return deed
}

/** First the office's lock, then the message: two turns of an office never read the same state. */
async function takeMessage(db: Database, tx: Transaction, address: Address): Promise<Scene | undefined> {
  const { channel, chat } = address
  const entered = await enterOffice(
    db,
    tx,
    Prisma.sql`(SELECT a."officeId" FROM "Inbox" AS i JOIN "Address" AS a
      ON a."channel" = i."channel" AND a."chat" = COALESCE(i."sender", i."chat")
      WHERE i."id" = (
        SELECT min("id") FROM "Inbox" WHERE "state" = 'waiting' AND "channel" = ${channel} AND "chat" = ${chat}
      ))`,
  )
  const taken = await takeOldest(tx, address)
  if (taken === undefined) return undefined
  const { inbound, officeId, personId } = taken
  if (officeId !== entered?.office.id) throw moved
  return { ...entered, inbound, ...(personId !== undefined && { personId }) }
}

async function takeDeed(
  db: Database,
  tx: Transaction,
  { officeId, key }: Extract<Cause, { type: 'deed' }>,
): Promise<Scene | undefined> {
  // A deed that has been done is the usual case: it disturbs nobody.
  const done = await tx.deed.findUnique({ where: { officeId_key: { officeId, key } } })
  if (done !== null) return undefined
  const entered = await enterOffice(db, tx, Prisma.sql`${officeId}`)
  if (entered === undefined) throw new Error(`there is no office ${officeId}`)
  const count = await tx.$executeRaw`
    INSERT INTO "Deed" ("officeId", "key") VALUES (${officeId}, ${key}) ON CONFLICT DO NOTHING`
  return count === 0 ? undefined : entered
}

/** To count the office's writes on is to lock it. */
async function enterOffice(
  { memory }: Database,
  tx: Transaction,
  id: Prisma.Sql,
): Promise<{ readonly office: StoredOffice; readonly notes: Notes } | undefined> {
  const [counted] = await tx.$queryRaw<
    readonly { readonly officeId: string; readonly rev: number | bigint }[]
  >`
    UPDATE "Turn" SET "rev" = "rev" + 1 WHERE "officeId" = ${id} RETURNING "officeId", "rev"`
  if (counted === undefined) return undefined
  const notes = memory.open(counted.officeId, Number(counted.rev))
  notes.office ??= await tx.office.findUniqueOrThrow({
    where: { id: counted.officeId },
    select: { id: true, data: true },
  })
  return { office: notes.office, notes }
}

/** See `Store.look`. What was read while nobody wrote is good for the next turn, too. */
export async function look<Seen>(
  { prisma, memory }: Database,
  officeId: string,
  read: (facts: Facts) => Promise<Seen>,
): Promise<Seen | undefined> {
  const count = async () =>
    (await prisma.turn.findUnique({ where: { officeId }, select: { rev: true } }))?.rev
  const rev = await count()
  if (rev === undefined) return undefined
  const notes = memory.open(officeId, rev + 1)
  notes.office ??= await prisma.office.findUniqueOrThrow({
    where: { id: officeId },
    select: { id: true, data: true },
  })
  const seen = await read(await readFacts(prisma, { office: notes.office, notes }))
  if ((await count()) === rev) memory.keep(officeId, { ...notes, rev }, { ...EMPTY_DEED, at: '' })
  return seen
}

async function readFacts(tx: Transaction, scene: Scene): Promise<Facts> {
  const { office, notes } = scene
  if (office === undefined || notes === undefined) {
    return {
      ...scene,
      periods: [],
      talkOf: async () => undefined,
      answersOf: async () => [],
      historyOf: async () => [],
      versionsOf: async () => [],
      fileOf: async () => undefined,
      wordsOf: async () => undefined,
      lastChoices: async () => undefined,
      addresses: async () => [],
      unsure: async () => [],
      saidTo: async () => [],
      deeds: async () => new Set(),
    }
  }
  const officeId = office.id
  notes.periods ??= await readPeriods(tx, officeId)
  return {
    ...scene,
    periods: notes.periods,
    talkOf: (personId) => once(notes.talks, personId, () => findTalk(tx, officeId, personId)),
    answersOf: (periodKey) =>
      once(notes.answers, periodKey, () => readLatestAnswers(tx, officeId, periodKey)),
    historyOf: (periodKey) => readAnswers(tx, officeId, periodKey),
    versionsOf: (periodKey) => readVersions(tx, officeId, periodKey),
    fileOf: (fileId) => findFile(tx, officeId, fileId),
    wordsOf: (updateId) => findWords(tx, scene.inbound, updateId),
    lastChoices: () => findLastChoices(tx, scene.inbound),
    addresses: async () => {
      notes.addresses ??= await readAddresses(tx, officeId)
      return notes.addresses
    },
    unsure: () => readUnsure(tx, officeId),
    deeds: (periodKeys) => readDeeds(tx, officeId, periodKeys),
    saidTo: async (personIds, since) => {
      const rows = personIds.map((id) =>
        once(notes.said, id, () => readSaid(tx, officeId, { personIds: [id], since })),
      )
      return (await Promise.all(rows)).flat().filter(({ at }) => at > since)
    },
  }
}

async function once<Value>(
  known: Map<string, Value>,
  key: string,
  read: () => Promise<Value>,
): Promise<Value> {
  const kept = known.get(key)
  if (kept !== undefined || known.has(key)) return kept as Value
  const value = await read()
  known.set(key, value)
  return value
}
