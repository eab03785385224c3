import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import {ChatServiceBindings} from '../../keys';
import {migrateUp} from '../../repositories/migration/migrate';
import {cleanUpAfterTest} from '../fixtures/clean-up';
import {makeChatApp, type ChatApp} from '../fixtures/chat-app';
import {placesOf} from '../fixtures/database-search';
import {rejection} from '../fixtures/rejection';
import type {Flavour} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';
import {storedIn} from '../fixtures/stored';
import {givenTraces} from '../fixtures/user-traces';
import {
  CHOSEN_KINDS,
  givenDatabaseOfTest,
} from '../migration/fixtures/databases';

const FLAVOURS: readonly Flavour[] = ['juggler', 'sequelize'];

for (const kind of CHOSEN_KINDS) {
  describe(`Erasing a user from logs [${kind}]`, () => {
    const database = givenDatabaseOfTest(kind);

    async function givenApp(flavour: Flavour): Promise<ChatApp> {
      const {target: address} = database();
      const store = {flavour, database: kind};
      const chat = await makeChatApp({store, address});
      cleanUpAfterTest(() => chat.app.stop());
      await chat.app.init();
      return chat;
    }

    const erase = async ({app}: ChatApp, userId: string) => {
      const service = await app.get(ChatServiceBindings.UserDataService);
      return service.eraseUser(userId);
    };

    it('takes the user out of the change log', async () => {
      await migrateUp(database().target, {auditLog: true});
      for (const flavour of FLAVOURS) {
        const chat = await givenApp(flavour);
        const traces = await givenTraces(await storedIn(chat));
        const {ann, bob, text} = traces;
        const logged = await placesOf(chat, text);
        expect(logged).to.containEql('chat_audit_log.after');
        const {logs} = await erase(chat, ann);
        expect(logs).to.be.above(0);
        expect(await placesOf(chat, ann)).to.be.empty();
        expect(await placesOf(chat, text)).to.be.empty();
        const kept = await placesOf(chat, `${bob} was here`);
        expect(kept).to.containEql('chat_audit_log.after');
        expect((await erase(chat, ann)).logs).to.equal(0);
      }
    });

    it('takes a user of any id out of it', async () => {
      await migrateUp(database().target, {auditLog: true});
      const chat = await givenApp('sequelize');
      const stored = await storedIn(chat);
      for (const name of [`'"\\`, '$1?', '🐢', '\n']) {
        const token = givenUserId('x');
        const ann = `_${name}${token}${name}_`;
        const {text} = await givenTraces(stored, {ann});
        await erase(chat, ann);
        expect(await placesOf(chat, token)).to.be.empty();
        expect(await placesOf(chat, text)).to.be.empty();
      }
    });

    it('fails rather than leave the user in a log that cannot forget', async () => {
      await migrateUp(database().target, {auditLog: true});
      const {query} = database();
      await query(
        kind === 'mysql'
          ? 'DROP FUNCTION chat_audit_log_redacted'
          : 'DROP FUNCTION chat_audit_log_redacted(jsonb, text, text)',
      );
      const chat = await givenApp('juggler');
      const err = await rejection(erase(chat, givenUserId('ann')));
      expect(err.message).to.match(/run the migrations/);
    });

    context("when the predecessor's log is there", () => {
      const json = (row: object) => {
        const text = JSON.stringify(row);
        return `'${kind === 'mysql' ? text.replaceAll('\\', '\\\\') : text}'`;
      };

      async function givenFormerLog(entries: object[][], userIds: string[]) {
        const {query} = database();
        const type = kind === 'mysql' ? 'json' : 'jsonb';
        const [before, after] =
          kind === 'mysql' ? ['`before`', '`after`'] : ['before', 'after'];
        await query(
          `CREATE TABLE audit_logs (id varchar(36) PRIMARY KEY,
             operation_name varchar(10),
             operation_time timestamp NOT NULL, table_name varchar(60),
             entity_id varchar(36), user_id varchar(36),
             ${before} ${type}, ${after} ${type})`,
        );
        for (const [i, [old, next]] of entries.entries()) {
          await query(
            `INSERT INTO audit_logs VALUES ('${randomUUID()}', 'UPDATE',
               '2024-01-02 03:04:05', '${i === 2 ? 'orders' : 'messages'}',
               '${randomUUID()}', '${userIds[i]}', ${json(old)}, ${json(next)})`,
          );
        }
      }

      it('takes the user out of what it says of messages', async () => {
        const [ann, bob] = [randomUUID(), randomUUID()];
        const annas = {created_by: ann, body: 'by Ann', to_user_id: bob};
        const bobs = {created_by: bob, body: 'by Bob "\\', to_user_id: ann};
        await givenFormerLog(
          [
            [{...annas, body: 'older by Ann'}, annas],
            [bobs, {...bobs, body: `about ${ann}`}],
            [{created_by: ann}, {created_by: ann}],
          ],
          [ann, bob, ann],
        );
        await migrateUp(database().target);
        const chat = await givenApp('juggler');
        expect((await erase(chat, ann)).logs).to.equal(2);
        const {query} = database();
        const rows = await query(
          'SELECT * FROM audit_logs ORDER BY user_id IS NULL, table_name',
        );
        const [ofBob, ofOthers, ofAnn] = rows.map(row => ({
          ...row,
          text: JSON.stringify([row.before, row.after]),
          at: JSON.stringify(row.operation_time).slice(0, 5),
        }));
        expect(ofAnn.text).to.not.match(/by Ann/);
        expect(ofAnn.text.includes(ann)).to.be.false();
        expect(ofAnn.text).to.containEql(bob);
        expect(ofBob.text).to.match(/by Bob/);
        expect(ofBob.text).to.match(/to_user_id[\\": ]+erased-/);
        expect(ofBob.text).to.containEql(`about ${ann}`);
        // Another service's entry of the same log.
        expect(ofOthers.text).to.containEql(ann);
        expect(ofBob.at).to.equal('"2024');
        expect((await erase(chat, ann)).logs).to.equal(0);
      });

      it('leaves a table of that name that is somebody else’s', async () => {
        const {target, query} = database();
        await query('CREATE TABLE audit_logs (id integer, user_id varchar(9))');
        await query(`INSERT INTO audit_logs VALUES (1, 'ann')`);
        await migrateUp(target);
        const chat = await givenApp('juggler');
        expect((await erase(chat, 'ann')).logs).to.equal(0);
        expect(await query('SELECT user_id FROM audit_logs')).to.eql([
          {user_id: 'ann'},
        ]);
      });
    });
  });
}
