import {expect} from '@loopback/testlab';
import {Client} from 'pg';
import {AccountTablesObserver} from '../../accounts/account-tables.observer';
import {cleanUpAfterTest} from '../fixtures/clean-up';
import {givenRealDatabase, testedDatabases} from '../fixtures/real-database';

const NODES = 6;

for (const connector of testedDatabases('postgresql')) {
  describe(`AccountTablesObserver on ${connector} (integration)`, () => {
    it('makes the tables once for nodes that start at the same time', async () => {
      const {DB_HOST, DB_PORT, DB_USER, DB_PASSWORD, DB_DATABASE} =
        await givenRealDatabase(connector);
      const config = {
        ...{host: DB_HOST, port: Number(DB_PORT), database: DB_DATABASE},
        ...{user: DB_USER, password: DB_PASSWORD},
      };
      const connected = async () => {
        const client = new Client(config);
        await client.connect();
        cleanUpAfterTest(() => client.end());
        return client;
      };
      const nodes = await Promise.all(
        Array.from({length: NODES}, async () => {
          const client = await connected();
          const execute = (sql: string) => client.query(sql);
          return new AccountTablesObserver(
            {execute},
            {name: 'chatDb', connector, ...config},
          );
        }),
      );
      await Promise.all(nodes.map(node => node.start()));
      const client = await connected();
      const {rows} = await client.query(
        `SELECT count(*)::int AS count FROM pg_tables
         WHERE tablename ~ '^example_'`,
      );
      expect(rows).to.eql([{count: 5}]);
    });
  });
}
