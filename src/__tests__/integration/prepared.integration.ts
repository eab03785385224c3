import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {SQL_RUNNER, type SqlRunner} from '../../repositories/sql-runner';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {SQL_STORES, describeOverStores} from '../fixtures/stores';

/** No other database keeps what is prepared. */
const STORES = SQL_STORES.filter(({database}) => database === 'postgresql');

describeOverStores(
  'What is prepared',
  store => {
    const chat = givenChatAppOfSuite({store});

    it('goes on after a migration of what it selects', async () => {
      const sql = (await chat().app.get(SQL_RUNNER)) as SqlRunner;
      const table = sql.table(`migrated_${randomUUID()}`);
      await sql.query(`CREATE TABLE ${table} (id int, seq int)`, []);
      try {
        await sql.query(`INSERT INTO ${table} VALUES (0, 1)`, []);
        const raise = async () => {
          const text = `UPDATE ${table} SET id = id + 1 RETURNING id, seq`;
          const [{id}] = await sql.prepared(text, []);
          return Number(id);
        };
        expect(await raise()).to.equal(1);
        await sql.query(`ALTER TABLE ${table} ALTER seq TYPE bigint`, []);
        // Each once, though the first is refused before it is run again.
        for (const times of [2, 3, 4]) expect(await raise()).to.equal(times);
      } finally {
        await sql.query(`DROP TABLE ${table}`, []);
      }
    });

    const sessionOf = async (sql: SqlRunner) => {
      const [{pid}] = await sql.prepared('SELECT pg_backend_pid() AS pid', []);
      return Number(pid);
    };

    it('goes on in the same session after what the database refuses', async () => {
      const sql = (await chat().app.get(SQL_RUNNER)) as SqlRunner;
      const session = await sessionOf(sql);
      for (let times = 0; times < 3; times++) {
        const divided = sql.prepared('SELECT 1 / $1::int AS quotient', [0]);
        await expect(divided).to.be.rejectedWith(/division by zero/);
      }
      expect(await sessionOf(sql)).to.equal(session);
    });

    it('is sent in the turn in which it is asked', async () => {
      const sql = (await chat().app.get(SQL_RUNNER)) as SqlRunner;
      const text = 'SELECT clock_timestamp() AS at';
      await sql.prepared(text, []);
      let nextTurnEndedAt = 0;
      setImmediate(() => {
        const end = Date.now() + 200;
        while (Date.now() < end);
        nextTurnEndedAt = Date.now();
      });
      const [{at}] = await sql.prepared(text, []);
      expect(nextTurnEndedAt - Number(at)).to.be.greaterThan(100);
    });

    it('goes on in another session after one that was ended', async () => {
      const sql = (await chat().app.get(SQL_RUNNER)) as SqlRunner;
      const session = await sessionOf(sql);
      const text = 'SELECT pg_terminate_backend(pg_backend_pid())';
      await expect(sql.prepared(text, [])).to.be.rejected();
      expect(await sessionOf(sql)).to.not.equal(session);
    });
  },
  STORES,
);
