import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {migrateDown, migrateUp} from '../../repositories/migration/migrate';
import {givenAncestor} from './fixtures/ancestor';
import {
  LOG_MIGRATION,
  MIGRATIONS,
  numberOf,
  rulesOf,
  tablesOf,
} from './fixtures/catalog';
import {CHOSEN_KINDS, givenDatabaseOfTest} from './fixtures/databases';
import {givenFirstRelease} from './fixtures/former';

const COUNT = 'SELECT COUNT(*) FROM chat_audit_log';

for (const kind of CHOSEN_KINDS) {
  describe(`The change log in the database [${kind}]`, () => {
    const database = givenDatabaseOfTest(kind);
    const addMessage = (id: string) =>
      database().query(
        `INSERT INTO messages (id, body, channel_id, channel_type, created_by,
           modified_by, seq, change_seq)
         VALUES ('${id}', 'first', 'c', 'task', 'ann', 'ann', 1, 1)`,
      );
    const readLog = async () => {
      const rows = await database().query(
        'SELECT * FROM chat_audit_log ORDER BY id',
      );
      const parse = (value: unknown) =>
        typeof value === 'string' ? JSON.parse(value) : value;
      return rows.map(row => ({
        ...row,
        before: parse(row.before),
        after: parse(row.after),
      })) as Record<string, unknown>[];
    };

    it('is not there unless it is chosen', async () => {
      await migrateUp(database().target);
      expect(await tablesOf(database())).to.not.containEql('chat_audit_log');
      expect(await rulesOf(database())).to.be.empty();
    });

    it('is added when it is chosen later, and once', async () => {
      const {target} = database();
      await migrateUp(target);
      const chosen = {auditLog: true};
      expect(await migrateUp(target, chosen)).to.eql([LOG_MIGRATION]);
      const rules = await rulesOf(database());
      expect(await migrateDown(target)).to.eql([LOG_MIGRATION]);
      expect(await migrateUp(target, chosen)).to.eql([LOG_MIGRATION]);
      expect(await migrateUp(target, chosen)).to.be.empty();
      expect(await rulesOf(database())).to.eql(rules);
    });

    it('tells of a message who did what to it, and when', async () => {
      const {target, query} = database();
      await migrateUp(target, {auditLog: true});
      const id = randomUUID();
      await addMessage(id);
      await query(`UPDATE messages SET body = 'second', modified_by = 'bob'`);
      await query(`UPDATE messages SET deleted = true, deleted_by = 'eve'`);
      await query('DELETE FROM messages');
      const log = await readLog();
      expect(
        log.map(row => [
          row.table_name,
          row.operation,
          row.row_id,
          row.user_id,
        ]),
      ).to.eql([
        ['messages', 'INSERT', id, 'ann'],
        ['messages', 'UPDATE', id, 'bob'],
        ['messages', 'UPDATE', id, 'eve'],
        ['messages', 'DELETE', id, null],
      ]);
      const body = (row: unknown) => (row as {body?: string} | null)?.body;
      expect(log.map(({before, after}) => [body(before), body(after)])).to.eql([
        [undefined, 'first'],
        ['first', 'second'],
        ['second', 'second'],
        ['second', undefined],
      ]);
      expect(log.every(row => row.database_user)).to.be.true();
      expect(log.every(row => row.at instanceof Date)).to.be.true();
    });

    it('tells of recipients, a row for each row that changed', async () => {
      const {target, query} = database();
      await migrateUp(target, {auditLog: true});
      const values = [1, 2, 3].map(
        n => `('${randomUUID()}', 'c', 'user-${n}', '${randomUUID()}', 'ann')`,
      );
      await query(
        `INSERT INTO message_recipients
           (id, channel_id, recipient_id, message_id, created_by)
         VALUES ${values.join(', ')}`,
      );
      await query(`UPDATE message_recipients SET is_read = true,
        modified_by = recipient_id WHERE recipient_id <> 'user-3'`);
      const log = await readLog();
      expect(log.map(({operation}) => operation)).to.eql([
        ...['INSERT', 'INSERT', 'INSERT'],
        ...['UPDATE', 'UPDATE'],
      ]);
    });

    it('writes nothing of a change that is rolled back', async () => {
      const {target, query} = database();
      await migrateUp(target, {auditLog: true});
      const begin = kind === 'mysql' ? 'START TRANSACTION' : 'BEGIN';
      await query(
        `${begin};
         INSERT INTO messages (id, body, channel_id, channel_type, seq, change_seq)
         VALUES ('${randomUUID()}', 'x', 'c', 'task', 1, 1);
         ROLLBACK`,
      );
      expect(await numberOf(database(), COUNT)).to.equal(0);
    });

    it('takes new rows only', async () => {
      const {target, query} = database();
      await migrateUp(target, {auditLog: true});
      await addMessage(randomUUID());
      const attempts = [
        "UPDATE chat_audit_log SET user_id = 'eve'",
        'DELETE FROM chat_audit_log',
        // MySQL asks for the right to drop the table, and fires no trigger.
        ...(kind === 'mysql' ? [] : ['TRUNCATE chat_audit_log']),
      ];
      for (const sql of attempts) {
        await expect(query(sql)).to.be.rejectedWith(/takes new rows only/);
      }
      expect(await numberOf(database(), COUNT)).to.equal(1);
    });

    it('goes on over a migration that adds columns, and logs them', async () => {
      const {target, query} = database();
      await givenFirstRelease(database(), {auditLog: true});
      const [first, second] = [randomUUID(), randomUUID()];
      await addMessage(first);
      expect(await migrateUp(target, {auditLog: true})).to.eql([MIGRATIONS[1]]);
      // The migration itself changes no message.
      expect(await numberOf(database(), COUNT)).to.equal(1);
      await query(`UPDATE messages SET forwarded_from = '${second}'`);
      await query(`UPDATE messages SET mentions = '["bob"]'`);
      await query('DELETE FROM messages');
      const log = await readLog();
      expect(log.map(({operation}) => operation)).to.eql([
        ...['INSERT', 'UPDATE', 'UPDATE', 'DELETE'],
      ]);
      const row = (value: unknown) => value as Record<string, unknown>;
      expect(row(log[0].after)).to.not.have.property('mentions');
      expect(row(log[1].after).forwarded_from).to.equal(second);
      expect(row(log[2].before).mentions).to.be.null();
      expect(row(log[3].before).mentions).to.eql(['bob']);
      expect(row(log[3].before)).to.have.properties('body', 'id', 'seq');
      const rules = await rulesOf(database());
      // Down to the first migration and up again changes nothing of it.
      expect(await migrateDown(target)).to.eql([MIGRATIONS[1]]);
      expect(await migrateDown(target)).to.eql([LOG_MIGRATION]);
      await migrateUp(target, {auditLog: true});
      expect(await rulesOf(database())).to.eql(rules);
    });

    if (kind === 'mysql') {
      it('ends what a migration that ended half-way began', async () => {
        const {target, query} = database();
        await givenFirstRelease(database(), {auditLog: true});
        const old = (await rulesOf(database())).filter(name =>
          name.startsWith('chat_audit_messages_'),
        );
        await migrateUp(target);
        const rules = await rulesOf(database());
        // As if it had ended after it made a new trigger, before the old went.
        const [statement] = old
          .filter(name => name.startsWith('chat_audit_messages_insert '))
          .map(name => name.slice(name.indexOf(' ')));
        await query(
          `CREATE TRIGGER chat_audit_messages_insert AFTER INSERT ON messages
           FOR EACH ROW ${statement}`,
        );
        await migrateDown(target);
        await migrateUp(target);
        expect(await rulesOf(database())).to.eql(rules);
        await addMessage(randomUUID());
        expect(await numberOf(database(), COUNT)).to.equal(1);
      });
    }

    it("leaves to the ancestor's triggers what they log", async () => {
      const db = database();
      await givenAncestor(db, {messages: 20, channels: 2});
      await migrateUp(db.target, {auditLog: true});
      await db.query("UPDATE messages SET body = 'changed'");
      const both = `SELECT (SELECT COUNT(*) FROM audit_logs) + (${COUNT})`;
      expect(await numberOf(db, both)).to.equal(20);
    });
  });
}
