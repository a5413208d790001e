import { fact, network, type Sentence } from './facts.ts'

/** Accounts on the networks, and connecting them. */
export const connections: Record<string, Sentence> = {
  connection_not_found: 'This account is not connected to the brand.',
  connection_attention: (f) =>
    `${fact(f, 'account_name', 'This account')} must be connected again. What waits for it stays, and then goes out.`,
  connection_inactive: (f) =>
    `${fact(f, 'account_name', 'This account')} is not connected. Connect it again, or choose another account.`,
  connection_paused: (f) => `${fact(f, 'account_name', 'This account')} is paused. Let it run again first.`,
  connection_token_unreadable: (f) =>
    `Our key to ${fact(f, 'account_name', 'this account')} cannot be opened any more. Connect the account again.`,
  platform_unknown: 'This desk does not offer that network.',
  platform_not_configured: (f) =>
    `${network(f)} does not accept this desk as an app. Whoever runs the desk checks its keys; posts wait meanwhile.`,
  oauth_state_unknown:
    'This answer does not belong to a connection you started. Start again from Connections.',
  oauth_state_expired: 'Connecting took longer than its ten minutes. Start again from Connections.',
  oauth_state_used: 'This answer was used already. If the account is missing, start again from Connections.',
  oauth_state_not_yours: 'Someone else started this connection. Start your own from Connections.',
  oauth_redirect_mismatch: 'The network would answer to another address than ours, so nothing was connected.',
  oauth_denied: 'You did not agree on the network’s page, so nothing was connected.',
  oauth_refused: (f) =>
    `The network did not connect the account${f.reason ? `: “${fact(f, 'reason', '')}”` : ''}. Start again from Connections.`,
  oauth_code_expired:
    'The network’s answer was too old by the time it arrived. Start again from Connections.',
  oauth_scope_missing:
    'Without every permission we asked for, nothing can be posted. Connect again and leave them all ticked.',
  oauth_no_accounts: 'That sign-in manages no page. Use one that does, or ask the client for access.',
  oauth_no_right_to_post: (f) =>
    `That sign-in may not post to ${listed(f.pages) ?? 'its pages'}. Ask for the right to create content there, then connect again.`,
  oauth_exchange_failed:
    'The network did not hand over the keys to the account. Start again from Connections.',
  oauth_unreachable: 'The network did not answer, so nothing was connected. Try again in a few minutes.',
}

function listed(names: unknown): string | null {
  if (!Array.isArray(names) || names.length === 0) return null
  return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(names.map(String))
}
