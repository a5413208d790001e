import { cast, demoPassword } from './cast.ts'

/** Whom to sign in as; `npm start` prints them. */
export const demoLogins = Object.values(cast).map(({ name, email, role }) => ({
  name,
  email,
  password: demoPassword,
  role,
}))
