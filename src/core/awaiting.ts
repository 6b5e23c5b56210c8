import { z } from 'zod'

/** What the last message asked beside items: the next message may answer it, any other lets it go. */
export const Awaiting = z.discriminatedUnion('type', [
  /** Not understood three times: the numbered ways to go on with this item. */
  z.object({ type: z.literal('ways'), code: z.string() }),
  /** "Hẹn ngày nào?" */
  z.object({ type: z.literal('day'), code: z.string() }),
  /** "Chuyển cho ai?" */
  z.object({
    type: z.literal('whom'),
    codes: z.array(z.string()),
    /** Who was offered by number, where a name is several people's. */
    people: z.array(z.string()).exactOptional(),
  }),
  /** "Ai trả lời thay?", for one who is away until that day. */
  z.object({ type: z.literal('substitute'), until: z.string() }),
  /** "Nghỉ đến ngày nào?", and whom they named to stand in. */
  z.object({ type: z.literal('awayDay'), to: z.string() }),
  /** The account is not theirs, or the question is not. */
  z.object({ type: z.literal('notMe'), codes: z.array(z.string()) }),
  /** Why figures were changed after all had been given. */
  z.object({ type: z.literal('editReason'), codes: z.array(z.string()) }),
  /** Approve in spite of gaps, close in spite of gaps. */
  z.object({ type: z.literal('approveGaps'), periodKey: z.string() }),
  z.object({ type: z.literal('closeGaps'), periodKey: z.string() }),
  /** What is wrong with the items to be sent back. */
  z.object({ type: z.literal('comment'), codes: z.array(z.string()) }),
  /** Why an approved report is opened again. */
  z.object({ type: z.literal('reopenReason'), periodKey: z.string() }),
  /** Messages that may not have arrived, as they were numbered; a bare number after them is asked about once. */
  z.object({
    type: z.literal('unsure'),
    ids: z.array(z.string()),
    isNumberAsked: z.boolean().exactOptional(),
  }),
])
export type Awaiting = z.infer<typeof Awaiting>
