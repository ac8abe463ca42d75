/** Names the PostgreSQL server that test databases are cloned on. */
export default function setup(): void {
  process.env['YUNFAB_TEST_SUPERUSER_URL'] ??= 'postgres://root@127.0.0.1:5432/postgres';
}
