import { isInteger, isSafeNumber, parse } from 'lossless-json'
import { z } from 'zod'

/** Platform ids exceed 2^53, and some come as bare numbers: such an integer stays its own digits, as text. */
export function parseLossless(text: string): unknown {
  return parse(text, null, (digits) => (isInteger(digits) && !isSafeNumber(digits) ? digits : Number(digits)))
}

/** An id, whichever way it was written. */
export const platformId = z.union([z.string().min(1), z.int()]).transform(String)
