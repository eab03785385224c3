import {expect} from '@loopback/testlab';
import {AccountTableObserver} from '../../accounts/account-table.observer';

describe('AccountTableObserver (unit)', () => {
  for (const [schema, table] of [
    ['chat', '"chat".example_accounts'],
    ['Odd "name"; --', '"Odd ""name""; --".example_accounts'],
  ]) {
    it(`makes the table in the schema ${schema}`, async () => {
      const statements: string[] = [];
      const dataSource = {execute: async (sql: string) => statements.push(sql)};
      await new AccountTableObserver(dataSource, {
        name: 'chatDb',
        connector: 'postgresql',
        host: '127.0.0.1',
        port: 5432,
        user: 'chat',
        database: 'chat',
        schema,
      }).start();
      expect(statements).to.have.length(1);
      expect(statements[0]).to.containEql(`EXISTS ${table} (`);
    });
  }
});
