import { command, query } from '../commands/index.js';
import { changeProcedures } from './changes/router.js';
import * as schema from './schema.js';
import type { EngineeringService } from './service.js';

const tags = ['engineering'];
const revision = { kind: 'item_revision', id: (input: { revision: string }) => input.revision };

export function createEngineeringRouter(service: EngineeringService) {
  return {
    items: itemProcedures(service),
    revisions: revisionProcedures(service),
    bom: structureProcedures(service),
    changes: changeProcedures(service),
  };
}

function itemProcedures(service: EngineeringService) {
  return {
    create: command({
      permission: 'engineering.edit',
      rest: { method: 'POST', path: '/items', summary: 'Make an item with your part number', tags },
      input: schema.createItemInput,
      output: schema.itemSchema,
      run: (scope, input) => service.createItem(scope, input),
    }),
    get: query({
      permission: 'engineering.view',
      rest: { method: 'GET', path: '/items/{item}', summary: 'One item', tags },
      input: schema.itemIdInput,
      output: schema.itemSchema,
      run: (scope, { item }) => service.getItem(scope, item),
    }),
    list: query({
      permission: 'engineering.view',
      rest: { method: 'GET', path: '/items', summary: 'Items of your organization, newest first', tags },
      input: schema.itemListInput,
      output: schema.itemPageSchema,
      run: (scope, input) => service.listItems(scope, input),
    }),
    annotate: command({
      permission: 'engineering.annotate',
      rest: { method: 'PATCH', path: '/items/{item}', summary: 'Set your own number of an item; nobody else reads it', tags },
      input: schema.annotateItemInput,
      output: schema.itemSchema,
      run: (scope, input) => service.annotateItem(scope, input),
    }),
    whereUsed: query({
      permission: 'engineering.view',
      rest: { method: 'GET', path: '/items/{item}/where-used', summary: 'Every revision that holds an item, through all levels', tags },
      input: schema.itemIdInput,
      output: schema.whereUsedSchema,
      run: (scope, { item }) => service.whereUsed(scope, item),
    }),
  };
}

function revisionProcedures(service: EngineeringService) {
  return {
    create: command({
      permission: 'engineering.edit',
      rest: { method: 'POST', path: '/items/{item}/revisions', summary: 'Draft a revision, empty or copied from another', tags },
      input: schema.createRevisionInput,
      output: schema.revisionSchema,
      run: (scope, input) => service.createRevision(scope, input),
    }),
    edit: command({
      permission: 'engineering.edit',
      rest: { method: 'PATCH', path: '/item-revisions/{revision}', summary: 'Change a draft: specification, lines, routing', tags },
      input: schema.editRevisionInput,
      output: schema.revisionSchema,
      record: revision,
      run: (scope, input) => service.editRevision(scope, input),
    }),
    release: command({
      permission: 'engineering.release',
      rest: { method: 'POST', path: '/item-revisions/{revision}/release', summary: 'Release a draft; it never changes again', tags },
      input: schema.revisionMoveInput,
      output: schema.revisionSchema,
      record: revision,
      run: (scope, input) => service.releaseRevision(scope, input),
    }),
    retire: command({
      permission: 'engineering.release',
      rest: { method: 'POST', path: '/item-revisions/{revision}/retire', summary: 'Make a released revision obsolete', tags },
      input: schema.revisionMoveInput,
      output: schema.revisionSchema,
      record: revision,
      run: (scope, input) => service.retireRevision(scope, input),
    }),
    get: query({
      permission: 'engineering.view',
      rest: { method: 'GET', path: '/item-revisions/{revision}', summary: 'One revision with its lines and routing', tags },
      input: schema.revisionIdInput,
      output: schema.revisionSchema,
      run: (scope, input) => service.getRevision(scope, input.revision),
    }),
    list: query({
      permission: 'engineering.view',
      rest: { method: 'GET', path: '/items/{item}/revisions', summary: 'The revisions of an item that you may see, newest first', tags },
      input: schema.itemIdInput,
      output: schema.revisionListSchema,
      run: (scope, { item }) => service.listRevisions(scope, item),
    }),
  };
}

function structureProcedures(service: EngineeringService) {
  return {
    explode: query({
      permission: 'engineering.view',
      rest: {
        method: 'GET',
        path: '/item-revisions/{revision}/explosion',
        summary: 'Everything that a quantity of a revision takes, level by level and in total',
        tags,
      },
      input: schema.explodeInput,
      output: schema.explosionSchema,
      run: (scope, input) => service.explode(scope, input),
    }),
    compare: query({
      permission: 'engineering.view',
      rest: { method: 'GET', path: '/item-revisions/{left}/compare/{right}', summary: 'What differs between two revisions', tags },
      input: schema.compareInput,
      output: schema.comparisonSchema,
      run: (scope, input) => service.compareRevisions(scope, input),
    }),
  };
}
