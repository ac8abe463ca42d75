import { defineErrors } from '../errors/index.js';

export const databaseErrors = defineErrors('database', {
  role_too_powerful: {
    status: 500,
    en: 'The database role "{role}" is {power}; row-level security would not hold. Run `yunfab db init` and connect as yunfab_runtime.',
    zh: '数据库角色“{role}”权限过大（{power}），行级安全将失效。请运行 `yunfab db init`，并以 yunfab_runtime 连接。',
  },
  schema_behind: {
    status: 503,
    en: 'The database schema lacks {missing}. Run `yunfab migrate` before starting.',
    zh: '数据库结构缺少 {missing}。请先运行 `yunfab migrate`。',
  },
});

/** The five characters by which PostgreSQL says what went wrong; empty when it was not PostgreSQL that said it. */
export function sqlState(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : '';
}

/** Whether PostgreSQL refused a second row under this unique constraint. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  return sqlState(error) === '23505' && error instanceof Error && 'constraint' in error && error.constraint === constraint;
}
