import { readAddresses } from './address.ts'
import type { Database, Transaction } from './database.ts'
import { keepDeed } from './deed.ts'
import { Prisma } from './generated/sqlite/client.ts'
import { findWords, takeOldest } from './inbox.ts'
import { findTalk, readAnswers, readLatestAnswers, readPeriods } from './office.ts'
import { readSaid, readUnsure } from './outbox.ts'
import type { Address, Cause, Deed, Facts, StoredAddress, StoredInbound, StoredOffice } from './store.ts'
import { findFile } from './transcript.ts'
import { readVersions } from './version.ts'

type Decide = (facts: Facts) => Promise<Deed | undefined>

/** Whose turn it is. All it may read and leave behind is this office's; a stranger has none. */
export interface Scene {
  readonly office?: StoredOffice
  readonly personId?: string
  readonly inbound?: StoredInbound
}

/** Thrown to roll back; neither is an error to whoever asked. */
const undecided = new Error('nothing was decided')
const moved = new Error('the chat changed hands while its turn waited in line')

export async function turn(db: Database, cause: Cause, decide: Decide): Promise<Deed | undefined> {
  let thrownByDecide: unknown
  const decided: Decide = async (facts) => {
    try {
      return await decide(facts)
    } catch (error) {
      thrownByDecide = error
      throw error
    }
  }
  try {
    return await db.prisma.$transaction(async (tx) => {
      const scene = await (cause.type === 'message' ? takeMessage(db, tx, cause) : takeDeed(db, tx, cause))
      if (scene === undefined) return undefined
      const facts = await readFacts(tx, scene)
      const deed = await decided(facts)
      if (deed === undefined) throw undecided
      await keepDeed(tx, scene, deed)
      return deed
    })
  } catch (error) {
    if (error === undecided) return undefined
    if (error === moved) return turn(db, cause, decide)
    throw error === thrownByDecide ? error : new Error('store: turn failed', { cause: error })
  }
}

/** First the office's lock, then the message: two turns of an office never read the same state. */
async function takeMessage(db: Database, tx: Transaction, address: Address): Promise<Scene | undefined> {
  const { channel, chat } = address
  const office = await lockOffice(
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
  if (officeId !== office?.id) throw moved
  return {
    inbound,
    ...(office !== undefined && { office }),
    ...(personId !== undefined && { personId }),
  }
}

async function takeDeed(
  db: Database,
  tx: Transaction,
  { officeId, key }: Extract<Cause, { type: 'deed' }>,
): Promise<Scene | undefined> {
  const office = await lockOffice(db, tx, Prisma.sql`${officeId}`)
  if (office === undefined) throw new Error(`there is no office ${officeId}`)
  const count = await tx.$executeRaw`
    INSERT INTO "Deed" ("officeId", "key") VALUES (${officeId}, ${key}) ON CONFLICT DO NOTHING`
  return count === 0 ? undefined : { office }
}

async function lockOffice(
  { lockRows }: Database,
  tx: Transaction,
  id: Prisma.Sql,
): Promise<StoredOffice | undefined> {
  const [office] = await tx.$queryRaw<readonly StoredOffice[]>`
    SELECT "id", "data" FROM "Office" WHERE "id" = ${id} ${lockRows}`
  return office
}

async function readFacts(tx: Transaction, scene: Scene): Promise<Facts> {
  const officeId = scene.office?.id
  if (officeId === undefined) {
    return {
      ...scene,
      periods: [],
      talkOf: async () => undefined,
      answersOf: async () => [],
      historyOf: async () => [],
      versionsOf: async () => [],
      fileOf: async () => undefined,
      wordsOf: async () => undefined,
      addresses: async () => [],
      unsure: async () => [],
      saidTo: async () => [],
    }
  }
  let addresses: Promise<readonly StoredAddress[]> | undefined
  return {
    ...scene,
    periods: await readPeriods(tx, officeId),
    talkOf: (personId) => findTalk(tx, officeId, personId),
    answersOf: (periodKey) => readLatestAnswers(tx, officeId, periodKey),
    historyOf: (periodKey) => readAnswers(tx, officeId, periodKey),
    versionsOf: (periodKey) => readVersions(tx, officeId, periodKey),
    fileOf: (fileId) => findFile(tx, officeId, fileId),
    wordsOf: (updateId) => findWords(tx, scene.inbound, updateId),
    addresses: () => {
      addresses ??= readAddresses(tx, officeId)
      return addresses
    },
    unsure: () => readUnsure(tx, officeId),
    saidTo: (personIds, since) => readSaid(tx, officeId, { personIds, since }),
  }
}
