/** What middleware found out about a request, handed on in request headers that it always overwrites. */
export const requestFacts = {
  userId: 'x-copydesk-user',
  email: 'x-copydesk-email',
  token: 'x-copydesk-token',
  path: 'x-copydesk-path',
  /** Set when Auth could not be asked: neither signed in nor signed out. */
  unreachable: 'x-copydesk-auth-unreachable',
  nonce: 'x-nonce',
} as const
