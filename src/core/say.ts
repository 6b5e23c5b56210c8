/**
 * What the bot may say, by key, with the places each sentence may use. The sentences stand in
 * prompts/texts.yaml; a key missing there, or a place not named here, stops the start.
 * Every sentence may also use {you}, {You} (the form of address) and {name}.
 */
export const SAYINGS = {
  'stranger.hello': [],
  'stranger.bound': ['title', 'office'],

  'open.hello': ['period', 'office', 'count', 'minutes', 'from', 'to', 'deadline'],
  'open.nothingForYou': ['period', 'office', 'deadline'],

  'ask.group': ['lead', 'lines'],
  'ask.one': ['lead', 'line'],
  'ask.text': ['item'],
  'ask.choice': ['item', 'lines'],
  'ask.line': ['n', 'item'],
  'ask.lineLast': ['n', 'item', 'last'],
  'ask.single': ['item'],
  'ask.singleLast': ['item', 'last'],
  'ask.example': ['example'],
  'ask.exampleOne': ['example'],
  'ask.hint': ['item', 'hint'],
  'ask.noHint': ['item'],
  'option.line': ['n', 'label'],

  'echo.recorded': ['lines'],
  'echo.line': ['n', 'item', 'value'],
  'echo.lineChanged': ['n', 'item', 'before', 'value'],
  'echo.skipped': ['count'],
  'echo.cancelled': [],
  'echo.undone': ['lines'],
  'echo.nothingToUndo': [],

  'given.value': ['value', 'unit'],
  'given.bare': ['value'],
  'given.none': [],
  'given.notApplicable': [],
  'given.pending': [],
  'given.pendingUntil': ['day'],
  'given.text': ['text'],
  'qualifier.approx': ['value'],
  'qualifier.atLeast': ['value'],
  'qualifier.atMost': ['value'],
  'qualifier.estimate': ['value'],

  'back.choose': ['question', 'lines'],
  'back.separator': ['item', 'raw'],
  'back.fraction': ['item', 'raw'],
  'back.severalNumbers': ['item', 'raw'],
  'back.range': ['item', 'raw'],
  'back.vague': ['item', 'raw'],
  'back.change': ['item', 'raw'],
  'back.dayOrRatio': ['item', 'raw'],
  'back.mark': ['item', 'raw'],
  'back.shorthand': ['item', 'raw'],
  'back.tenfold': ['item', 'raw', 'last'],
  'back.overHundred': ['item', 'raw'],
  'back.mismatch': ['item', 'raw'],
  'back.words': ['item', 'raw'],
  'back.brokenDate': ['item', 'raw'],
  'back.unit': ['item', 'raw', 'unit'],
  'back.spacing': ['item', 'raw'],
  'back.negative': ['item', 'raw'],
  'back.unreadable': ['item', 'raw'],
  'back.partial': ['item', 'raw'],
  'back.share': ['item', 'raw'],
  'back.empty': ['item', 'raw'],
  'back.position': ['count', 'given'],

  'confused.number': ['raw', 'item'],
  'confused.example': ['item', 'example'],
  'confused.choice': ['raw'],
  'confused.tooLong': ['item'],
  'confused.noSuchDay': ['raw'],
  'confused.unknownItem': ['raw'],
  'confused.command': ['raw'],
  'confused.empty': [],
  notYours: ['item', 'owner'],
  closed: ['period'],
  'nothing.open': [],
  'nothing.forYou': ['period'],
  'file.unwanted': ['file'],

  'done.all': ['total', 'period', 'deadline'],
  'done.butSkipped': ['count'],
  footer: ['done', 'total'],
  'footer.simple': ['done', 'total'],

  'progress.mine': ['period', 'done', 'total', 'deadline'],
  'progress.all': ['period', 'done', 'total', 'deadline', 'lines'],
  'progress.person': ['person', 'done', 'total'],
  'progress.open': ['lines'],
  'progress.item': ['code', 'item'],
  'progress.itemPending': ['code', 'item', 'day'],
  'progress.answered': ['lines'],
  'progress.answeredItem': ['code', 'item', 'value'],
  'help.official': [],
  'help.leader': [],

  'report.summary': ['period', 'done', 'total'],
  'report.complete': [],
  'report.waiting': ['lines'],
  'report.waitingLine': ['person', 'count', 'codes'],
  'report.notAllowed': [],
  'report.whichPeriod': ['example'],
  'report.noPack': ['asked'],
  'report.notBegun': ['period', 'from'],

  'time.at': ['time', 'weekday', 'day'],
  'weekday.1': [],
  'weekday.2': [],
  'weekday.3': [],
  'weekday.4': [],
  'weekday.5': [],
  'weekday.6': [],
  'weekday.7': [],

  'quick.start': [],
  'quick.skip': [],
  'quick.progress': [],
  'quick.help': [],
  'quick.asBefore': [],
  'quick.none': [],
  'quick.report': ['asked'],

  'fault.notStored': [],
  'fault.incident': ['number'],
  'fault.givenUp': ['number'],
} as const satisfies Readonly<Record<string, readonly string[]>>

type Sayings = typeof SAYINGS
export type SayKey = keyof Sayings

/** Text, a number, another saying, or several, each on its own line. */
export type SayValue = string | number | Say | readonly Say[]

/** One sentence to be said: its key and the values of its places. */
export type Say = {
  [Key in SayKey]: Sayings[Key][number] extends never
    ? { readonly key: Key }
    : { readonly key: Key; readonly values: Readonly<Record<Sayings[Key][number], SayValue>> }
}[SayKey]
