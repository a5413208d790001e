import type { Network, PostDraft, Problem } from './contract.ts'
import { validateFacebookPost } from './meta/validate.ts'

const validators: Record<Network, (draft: PostDraft) => Problem[]> = {
  facebook: validateFacebookPost,
}

/** What the network would refuse or change; the composer shows it while the post is written. */
export function validatePost(network: Network, draft: PostDraft): Problem[] {
  return validators[network](draft)
}
