import type { Moment } from './core/answer.ts'
import { inChargeOf } from './core/charge.ts'
import { isUntold } from './core/figuresheet.ts'
import type { Office } from './core/office.ts'
import { ownersOf } from './core/overview.ts'
import type { Item, ReportPack } from './core/pack.ts'
import { askedItems, progressOf, type Round, titleOf } from './core/round.ts'
import { describeGiven, describeMoment } from './core/wording.ts'
import { createOfficeReader, readRounds } from './rounds.ts'
import type { Store } from './store/store.ts'
import type { Board, BoardItem, Rooms } from './web/rooms.ts'
import type { Words } from './words.ts'

const READER = { address: '', name: '' }

/** What the pages of the sample office show. */
export function createRooms(options: {
  readonly store: Store
  readonly packs: readonly ReportPack[]
  readonly words: Words
  readonly clock: () => Moment
}): Rooms {
  const { store, packs, words, clock } = options
  const readOffice = createOfficeReader()

  async function sample(): Promise<Office | undefined> {
    return (await store.listOffices()).map(readOffice).find((office) => office.isSample)
  }

  async function board(): Promise<Board | undefined> {
    const office = await sample()
    if (!office) return undefined
    const shelf = {
      periods: await store.listPeriods(office.id),
      answersOf: (key: string) => store.listAnswers(office.id, key),
    }
    const rounds = await readRounds(shelf, { office, packs, now: clock() })
    const round = rounds.find((one) => !one.isClosed)
    return round && boardOf(round, office)
  }

  function boardOf(round: Round, office: Office): Board {
    return {
      period: titleOf(round),
      deadline: words.phrase(describeMoment(round.schedule.deadline), READER),
      ...progressOf(round, askedItems(round)),
      sections: round.pack.groups.map((group) => ({
        title: group.ask,
        items: round.pack.items
          .filter((item) => item.group === group.id && !isUntold(item, round))
          .map((item) => boardItem(item, round, office)),
      })),
      people: ownersOf(round, office).map(({ person, items }) => ({
        id: person.id,
        name: person.name,
        ...progressOf(round, items),
      })),
    }
  }

  function boardItem(item: Item, round: Round, office: Office): BoardItem {
    const given = round.answers.get(item.code)?.given
    return {
      code: item.code,
      name: item.name,
      owner: inChargeOf(item, round, office).name,
      state:
        given === undefined
          ? 'open'
          : given.state === 'pending'
            ? 'pending'
            : given.state === 'value' || given.state === 'text'
              ? 'answered'
              : 'empty',
      shown: given === undefined ? '' : words.phrase(describeGiven(given, item, office), READER),
    }
  }

  return {
    office: async () => {
      const office = await sample()
      return (
        office && {
          name: `UBND ${office.kind} ${office.name}`,
          people: office.people.map(({ id, name, title, roles }) => ({ id, name, title, roles })),
        }
      )
    },
    transcript: async (personId) => {
      const office = await sample()
      return office ? store.listTranscript(office.id, personId) : []
    },
    board,
    file: async (fileId) => {
      const office = await sample()
      return office && store.readFile(office.id, fileId)
    },
  }
}
