export { type Accounts, createAccounts } from './accounts.js';
export { type Authenticator, createAuthenticator } from './authenticate.js';
export { signinErrors } from './errors.js';
export { signinMigrations } from './migrations.js';
export { sessionRoutes } from './routes.js';
export { assertSameOrigin } from './same-origin.js';
