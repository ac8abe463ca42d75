export { chromiumPath, withoutChromium } from './chromium.js';
export { asOrganization, createTestOrganization, type TestOrganization, testActor, testContext } from './organizations.js';
export { createTestDatabase, type TestDatabase } from './test-database.js';
