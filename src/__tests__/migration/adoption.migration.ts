import {juggler} from '@loopback/repository';
import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {JugglerSqlRunner} from '../../repositories/juggler/juggler.sql-runner';
import {MysqlAppender} from '../../repositories/log/mysql.appender';
import {PostgresAppender} from '../../repositories/log/postgres.appender';
import {migrateDown, migrateUp} from '../../repositories/migration/migrate';
import {ancestorSum, givenAncestor} from './fixtures/ancestor';
import {numberOf, rulesOf, tablesOf} from './fixtures/catalog';
import {
  CHOSEN_KINDS,
  givenDatabaseOfTest,
  type TestDatabase,
} from './fixtures/databases';

const SMALL = {messages: 200, channels: 10};

for (const kind of CHOSEN_KINDS) {
  describe(`Adoption of the ancestor's tables [${kind}]`, function (this: Mocha.Suite) {
    // 100,000 rows are moved, on a machine that may do much else.
    this.timeout(240_000);
    const database = givenDatabaseOfTest(kind);
    const size =
      kind === 'pglite'
        ? {messages: 10_000, channels: 100}
        : {messages: 100_000, channels: 1000};

    it(`keeps ${size.messages} messages as they were`, async () => {
      const db = database();
      await givenAncestor(db, size);
      const [sum, rules] = [await ancestorSum(db), await rulesOf(db)];
      await migrateUp(db.target);
      expect(await ancestorSum(db)).to.equal(sum);
      expect(await rulesOf(db)).to.eql(rules);
      // The back-fill is no change of a message.
      expect(await numberOf(db, 'SELECT COUNT(*) FROM audit_logs')).to.equal(0);
      expect(
        await numberOf(
          db,
          'SELECT COUNT(*) FROM messages WHERE deleted_on IS NOT NULL AND NOT deleted',
        ),
      ).to.equal(0);
      await expectNumbers(db, size.channels);
    });

    it('makes members of whoever wrote or was written to', async () => {
      const db = database();
      await givenAncestor(db, SMALL);
      await migrateUp(db.target);
      const missing = await numberOf(
        db,
        `SELECT COUNT(*) FROM (
           SELECT channel_id, created_by AS user_id FROM messages
           UNION SELECT channel_id, to_user_id FROM messages
             WHERE to_user_id IS NOT NULL
           UNION SELECT channel_id, recipient_id FROM message_recipients
             WHERE NOT deleted
         ) w WHERE NOT EXISTS (
           SELECT 1 FROM chat_channel_members m
           WHERE m.channel_id = w.channel_id AND m.user_id = w.user_id)`,
      );
      expect(missing).to.equal(0);
    });

    it('reads a member up to the first message noted as unread', async () => {
      const db = database();
      await givenAncestor(db, SMALL);
      await migrateUp(db.target);
      const wrong = await numberOf(
        db,
        `SELECT COUNT(*) FROM chat_channel_members m
         JOIN chat_channels c ON c.id = m.channel_id
         WHERE m.read_seq <> m.received_seq OR m.read_seq <> COALESCE((
           SELECT MIN(s.seq) - 1 FROM message_recipients r
           JOIN messages s ON s.id = r.message_id
           WHERE NOT r.is_read AND NOT r.deleted AND r.recipient_id = m.user_id
             AND s.channel_id = m.channel_id), c.message_seq)`,
      );
      expect(wrong).to.equal(0);
    });

    it('goes down and up again, and brings nobody back who left', async () => {
      const db = database();
      await givenAncestor(db, SMALL);
      const sum = await ancestorSum(db);
      await migrateUp(db.target);
      await db.query('DELETE FROM chat_channel_members');
      await migrateDown(db.target);
      await migrateUp(db.target);
      expect(await ancestorSum(db)).to.equal(sum);
      expect(
        await numberOf(db, 'SELECT COUNT(*) FROM chat_channel_members'),
      ).to.equal(0);
    });

    it('lets the chat append where the ancestor ended', async () => {
      const db = database();
      await givenAncestor(db, SMALL);
      await migrateUp(db.target);
      const [{channel_id: channelId}] = await db.query(
        'SELECT channel_id FROM messages LIMIT 1',
      );
      // Longer than an id of the ancestor, with what its character set lacked.
      const createdBy = `${'x'.repeat(63)}é`;
      await db.query(
        `INSERT INTO chat_channel_members
           (id, channel_id, user_id, channel_type, created_on)
         VALUES ('${randomUUID()}', '${channelId}', '${createdBy}', 'task', now())`,
      );
      const message = {
        id: randomUUID(),
        channelId: String(channelId),
        createdBy,
        body: '👋',
        kind: 'text',
      };
      const dataSource = new juggler.DataSource({
        ...db.target,
        collation: 'utf8mb4_general_ci',
      });
      const sql = new JugglerSqlRunner(dataSource);
      const appender =
        kind === 'mysql' ? new MysqlAppender(sql) : new PostgresAppender(sql);
      const {numbers} = await appender.append([message], new Date());
      await dataSource.disconnect();
      expect(numbers.get(message.id)).to.eql({
        channelType: 'task',
        seq: 21,
        changeSeq: 21,
      });
      expect(
        await db.query(`SELECT body FROM messages WHERE id = '${message.id}'`),
      ).to.eql([{body: '👋'}]);
    });

    it('adopts a table of files that a host made', async () => {
      const db = database();
      const id = kind === 'mysql' ? 'varchar(36)' : 'uuid';
      await db.query(
        `CREATE TABLE message_files (
           id ${id} NOT NULL PRIMARY KEY, channel_id ${id}, message_id ${id},
           file_key varchar(100), deleted boolean NOT NULL DEFAULT false,
           deleted_on timestamp NOT NULL DEFAULT now());
         INSERT INTO message_files (id, channel_id, file_key)
         VALUES ('${randomUUID()}', '${randomUUID()}', 'key')`,
      );
      await migrateUp(db.target);
      expect(
        await db.query('SELECT file_key, deleted_on FROM message_files'),
      ).to.eql([{file_key: 'key', deleted_on: null}]);
      await db.query(
        `UPDATE message_files SET created_by = '${'x'.repeat(64)}'`,
      );
    });

    if (kind === 'mysql') {
      it('names the step that stopped, and runs again', async () => {
        const db = database();
        await givenAncestor(db, SMALL);
        const rules = await rulesOf(db);
        // Two rows of one id; the ancestor has no key that would refuse them.
        const copy = `INSERT INTO message_recipients
          SELECT * FROM message_recipients ORDER BY id LIMIT 1`;
        await db.query(copy);
        await expect(migrateUp(db.target)).to.be.rejectedWith(
          /stopped at step 5 of 12, "extend message_recipients": Duplicate/,
        );
        await db.query('DELETE FROM message_recipients ORDER BY id LIMIT 1');
        const sum = await ancestorSum(db);
        await migrateUp(db.target);
        expect(await ancestorSum(db)).to.equal(sum);
        expect(await rulesOf(db)).to.eql(rules);
        expect(await tablesOf(db)).to.not.containEql('chat_migration_kept');
        await expectNumbers(db, SMALL.channels);
      });

      it("refuses while a host's foreign key holds a column", async () => {
        const db = database();
        await givenAncestor(db, SMALL);
        await db.query(
          `CREATE TABLE pins (message_id varchar(36),
             CONSTRAINT fk_pins FOREIGN KEY (message_id) REFERENCES messages (id))`,
        );
        await expect(migrateUp(db.target)).to.be.rejectedWith(
          /step 1 .*foreign key fk_pins of table \w+.pins holds messages/,
        );
        await db.query('DROP TABLE pins');
        await migrateUp(db.target);
      });
      return;
    }

    it('leaves all as it was when something holds a column', async () => {
      const db = database();
      await givenAncestor(db, SMALL);
      const before = await tablesOf(db);
      await db.query(
        `CREATE VIEW report AS SELECT channel_id FROM messages;
         CREATE POLICY mine ON messages USING (created_by IS NULL)`,
      );
      await expect(migrateUp(db.target)).to.be.rejectedWith(
        /policy mine on table messages holds messages; rule .* view report holds/,
      );
      expect(await tablesOf(db)).to.eql(before);
      await db.query('DROP VIEW report; DROP POLICY mine ON messages');
      await migrateUp(db.target);
      await expectNumbers(db, SMALL.channels);
    });

    it('names ids that are too long, and changes nothing', async () => {
      await expectUndone(
        `ALTER TABLE messages ALTER channel_id TYPE text;
         UPDATE messages SET channel_id = repeat('x', 65), deleted_on = deleted_on
         WHERE id = md5('m1')::uuid`,
        /step 1 of 12.*messages.channel_id has values over 64 characters/,
      );
    });

    it('leaves all as it was when a late step fails', async () => {
      await expectUndone(
        `CREATE TABLE chat_channels (
           id varchar(64) NOT NULL PRIMARY KEY CHECK (id <> id),
           type varchar(200) NOT NULL, message_seq integer NOT NULL DEFAULT 0,
           change_seq integer NOT NULL DEFAULT 0, created_by varchar(64),
           created_on timestamptz NOT NULL)`,
        /stopped at step 12 of 12, "make channels and members"/,
      );
    });

    async function expectUndone(sql: string, reason: RegExp): Promise<void> {
      const db = database();
      await givenAncestor(db, SMALL);
      await db.query(sql);
      const [before, rules] = [await tablesOf(db), await rulesOf(db)];
      const sum = await ancestorSum(db);
      await expect(migrateUp(db.target)).to.be.rejectedWith(reason);
      expect(await tablesOf(db)).to.eql(before);
      expect(await rulesOf(db)).to.eql(rules);
      expect(await ancestorSum(db)).to.equal(sum);
    }
  });
}

/** Each channel's messages are 1 to n in their order of time, and it knows n. */
async function expectNumbers(
  db: TestDatabase,
  channels: number,
): Promise<void> {
  const wrong = await numberOf(
    db,
    `SELECT COUNT(*) FROM (
       SELECT seq, change_seq, ROW_NUMBER() OVER (
         PARTITION BY channel_id ORDER BY created_on, id) AS position
       FROM messages
     ) s WHERE seq <> position OR change_seq <> position`,
  );
  expect(wrong).to.equal(0);
  const right = await numberOf(
    db,
    `SELECT COUNT(*) FROM chat_channels c JOIN (
       SELECT channel_id, COUNT(*) AS size FROM messages GROUP BY channel_id
     ) n ON n.channel_id = c.id
     WHERE c.message_seq = n.size AND c.change_seq = n.size AND c.type = 'task'`,
  );
  expect(right).to.equal(channels);
}
