import { bind, closeAddress, findPerson, forget, moveChat, saveInvite } from './address.ts'
import { connect } from './database.ts'
import { gather } from './gather.ts'
import { keepFetched, listWaiting, noteFailure, takeInAll } from './inbox.ts'
import { readLink, saveLink, spendLink } from './link.ts'
import { migrate } from './migrate.ts'
import {
  listAnswers,
  listMarks,
  listOffices,
  listPeriods,
  readDeeds,
  readTalk,
  saveOffice,
  tidy,
} from './office.ts'
import {
  claim,
  confirmArrival,
  countSent,
  countWork,
  hasDue,
  listUnsure,
  readChoice,
  recover,
  type Settlement,
  settleAll,
} from './outbox.ts'
import { createPacer } from './pace.ts'
import { hold, keepSecret, letGo, readSecret } from './shared.ts'
import type { SqliteSettings } from './sqlite.ts'
import type { Inbound, Store } from './store.ts'
import { listTranscript, readFile } from './transcript.ts'
import { createTurns, look } from './turn.ts'

/** Opens the database at "file:…" or "postgresql://…" and brings it up to date. */
export async function openStore(url: string, settings: Partial<SqliteSettings> = {}): Promise<Store> {
  await naming('migrate', migrate)(url)
  const db = await connect(url, settings)
  const takeIn = gather((batch: readonly Inbound[]) => takeInAll(db, batch))
  const pacer = createPacer(db)
  const settle = gather((batch: readonly Settlement[]) => settleAll(db, batch))

  return {
    saveOffice: naming('saveOffice', saveOffice.bind(undefined, db)),
    listOffices: naming('listOffices', listOffices.bind(undefined, db)),
    bind: naming('bind', bind.bind(undefined, db)),
    findPerson: naming('findPerson', findPerson.bind(undefined, db)),
    saveInvite: naming('saveInvite', saveInvite.bind(undefined, db)),
    listPeriods: naming('listPeriods', listPeriods.bind(undefined, db)),
    listAnswers: naming('listAnswers', listAnswers.bind(undefined, db)),
    listDeeds: naming('listDeeds', readDeeds.bind(undefined, db.prisma)),
    tidy: naming('tidy', tidy.bind(undefined, db)),
    listMarks: naming('listMarks', listMarks.bind(undefined, db)),
    takeIn: naming('takeIn', takeIn),
    listWaiting: naming('listWaiting', listWaiting.bind(undefined, db)),
    turn: createTurns(db),
    look: (officeId, read) => look(db, officeId, read),
    noteFailure: naming('noteFailure', noteFailure.bind(undefined, db)),
    keepFetched: naming('keepFetched', keepFetched.bind(undefined, db)),
    claim: naming('claim', claim.bind(undefined, db)),
    settle: naming('settle', (row, outcome, at) => settle({ row, outcome, at })),
    recover: naming('recover', recover.bind(undefined, db)),
    confirmArrival: naming('confirmArrival', (address, known, at) =>
      confirmArrival(db, address, { ...known, at }),
    ),
    takePace: naming('takePace', pacer.take),
    pause: naming('pause', pacer.pause),
    listUnsure: naming('listUnsure', listUnsure.bind(undefined, db)),
    readChoice: naming('readChoice', readChoice.bind(undefined, db)),
    closeAddress: naming('closeAddress', (address, reason, at) => closeAddress(db, address, { reason, at })),
    forget: naming('forget', (address, since, at) => forget(db, address, { since, at })),
    countSent: naming('countSent', countSent.bind(undefined, db)),
    hasDue: naming('hasDue', hasDue.bind(undefined, db)),
    moveChat: naming('moveChat', moveChat.bind(undefined, db)),
    saveLink: naming('saveLink', saveLink.bind(undefined, db)),
    readLink: naming('readLink', readLink.bind(undefined, db)),
    spendLink: naming('spendLink', spendLink.bind(undefined, db)),
    hold: naming('hold', hold.bind(undefined, db)),
    letGo: naming('letGo', letGo.bind(undefined, db)),
    readSecret: naming('readSecret', readSecret.bind(undefined, db)),
    keepSecret: naming('keepSecret', (name, secret, at) => keepSecret(db, name, { secret, at })),
    readTalk: naming('readTalk', readTalk.bind(undefined, db)),
    listTranscript: naming('listTranscript', listTranscript.bind(undefined, db)),
    readFile: naming('readFile', readFile.bind(undefined, db)),
    countWork: naming('countWork', countWork.bind(undefined, db)),
    close: () => db.prisma.$disconnect(),
  }
}

/** A fault says what could not be done; why stands in its cause. */
function naming<Args extends readonly unknown[], Result>(
  name: string,
  work: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  return async (...args) => {
    try {
      return await work(...args)
    } catch (cause) {
      throw new Error(`store: ${name} failed`, { cause })
    }
  }
}
