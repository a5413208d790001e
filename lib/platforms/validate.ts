import type { Network, PostDraft, Problem } from './contract.ts'
import { validateFacebookPost } from './meta/validate.ts'
import { validateInstagramPost } from './meta/validate-instagram.ts'

const validators: Record<Network, (draft: PostDraft) => Problem[]> = {
  facebook: validateFacebookPost,
  instagram: validateInstagramPost,
}

/** What the network would refuse or change; the composer shows it while the post is written. */
export function validatePost(network: Network, draft: PostDraft): Problem[] {
  return validators[network](draft)
}
