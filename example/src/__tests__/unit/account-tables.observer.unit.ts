import {expect} from '@loopback/testlab';
import {AccountTablesObserver} from '../../accounts/account-tables.observer';

describe('AccountTablesObserver (unit)', () => {
  for (const [schema, table] of [
    ['chat', '"chat".example_accounts'],
    ['Odd "name"; --', '"Odd ""name""; --".example_accounts'],
  ]) {
    it(`makes the table in the schema ${schema}`, async () => {
      const statements: string[] = [];
      const dataSource = {execute: async (sql: string) => statements.push(sql)};
      await new AccountTablesObserver(dataSource, {
        name: 'chatDb',
        connector: 'postgresql',
        host: '127.0.0.1',
        port: 5432,
        user: 'chat',
        database: 'chat',
        schema,
      }).start();
      expect(statements[0]).to.containEql(`EXISTS ${table} (`);
      for (const statement of statements) {
        const prefix = table.replace('example_accounts', 'example_');
        expect(statement).to.containEql(`CREATE TABLE IF NOT EXISTS ${prefix}`);
      }
    });
  }
});
