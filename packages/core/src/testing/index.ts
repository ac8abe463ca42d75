export { chromiumPath, withoutChromium } from './chromium.js';
export { type KillableDatabase, startKillableDatabase } from './killable-database.js';
export { asOrganization, createTestOrganization, type TestOrganization, testActor, testContext } from './organizations.js';
export { createSharedCase } from './shared-case.js';
export { createSharedCommerce } from './shared-commerce.js';
export { createSharedDelivery } from './shared-delivery.js';
export { createSharedDuties } from './shared-duties.js';
export { createSharedEngineering } from './shared-engineering.js';
export { createSharedFiles } from './shared-files.js';
export { createSharedFloor, floorExempt } from './shared-floor.js';
export { createSharedLifecycle } from './shared-lifecycle.js';
export { createSharedRfq } from './shared-rfq.js';
export { createSharedStatement } from './shared-statements.js';
export { createSharedWorld, type SharedWorldPorts } from './shared-world.js';
export { createTestDatabase, type TestDatabase } from './test-database.js';
export { recordUpload } from './uploads.js';
export {
  type Answer,
  inProcess,
  type MatrixCall,
  type MatrixReport,
  type Probe,
  runVisibilityMatrix,
  type Viewer,
  type VisibilityMatrix,
} from './visibility-matrix.js';
