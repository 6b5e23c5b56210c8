import { readPrompts } from '../../src/prompts.ts'
import { timePlanning } from './planning.ts'

/** In a process of its own, so that its memory is what planning takes. */
await timePlanning(await readPrompts('prompts'))
console.log(process.memoryUsage.rss() / 2 ** 20)
