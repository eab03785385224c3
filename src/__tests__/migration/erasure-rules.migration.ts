import {expect} from '@loopback/testlab';
import {migrateUp} from '../../repositories/migration/migrate';
import {ERASURE_RULES} from '../../repositories/user-data/erasure-rules';
import {CHOSEN_KINDS, givenDatabaseOfTest} from './fixtures/databases';

/** Of no user: which migrations have run. */
const OTHER_TABLES = ['chat_migrations'];
/** Not made by our migrations. */
const FORMER_TABLES = ['audit_logs'];

const PLAIN_TYPES =
  /int|bool|time|^date|^numeric|^decimal|^double|^real|^float/i;

for (const kind of CHOSEN_KINDS) {
  describe(`The rules of erasure in the database [${kind}]`, () => {
    const database = givenDatabaseOfTest(kind);

    it('say what becomes of each column that holds text', async () => {
      const {target, query} = database();
      await migrateUp(target, {auditLog: true});
      const rows = await query(
        `SELECT table_name AS "table", column_name AS "column",
           data_type AS "type"
         FROM information_schema.columns
         WHERE table_schema = ${kind === 'mysql' ? 'DATABASE()' : "'public'"}`.replaceAll(
          '"',
          kind === 'mysql' ? '`' : '"',
        ),
      );
      const columns = rows
        .filter(({table}) => !OTHER_TABLES.includes(String(table)))
        .filter(({type}) => !PLAIN_TYPES.test(String(type)))
        .map(({table, column}) => `${table}.${column}`);
      const rules = Object.entries(ERASURE_RULES)
        .filter(([table]) => !FORMER_TABLES.includes(table))
        .flatMap(([table, of]) =>
          Object.keys(of).map(column => `${table}.${column}`),
        );
      expect(columns.sort()).to.eql(rules.sort());
    });
  });
}
