import type { RadioCard } from '#components/ui/radio-cards.tsx'
import { type ApprovalMode, approvalModes, approvalModeWords } from '#lib/brands/schema.ts'

export function approvalModeCards(agencyName: string): RadioCard<ApprovalMode>[] {
  return approvalModes.map((mode) => {
    const { name, hint } = approvalModeWords(mode, agencyName)
    return { value: mode, title: name, hint }
  })
}
