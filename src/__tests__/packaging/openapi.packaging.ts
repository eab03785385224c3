import {expect} from '@loopback/testlab';
import OpenAPISchemaValidator from 'openapi-schema-validator';
import {PermissionKey} from '../../permissions';
import {readText} from './markdown';

interface Operation {
  operationId?: string;
  summary?: string;
  description?: string;
  security?: object[];
  responses: Record<string, unknown>;
}

const spec = JSON.parse(readText('openapi.json'));
const operations = Object.entries<Record<string, Operation>>(
  spec.paths,
).flatMap(([path, methods]) =>
  Object.entries(methods).map(
    ([method, operation]) =>
      [`${method.toUpperCase()} ${path}`, operation] as const,
  ),
);

describe('openapi.json', () => {
  it('is valid OpenAPI 3', () => {
    const {errors} = new OpenAPISchemaValidator({version: 3}).validate(spec);
    expect(errors).to.be.empty();
  });

  it('is about the package and no host', () => {
    const {name, version, license} = JSON.parse(readText('package.json'));
    expect(spec.info).to.containEql({title: name, version});
    expect(spec.info.license.name).to.equal(license);
    expect(spec.servers).to.eql([{url: '/'}]);
  });

  it('refers to nothing that is not there', () => {
    const refs = JSON.stringify(spec).matchAll(/"\$ref":"#\/([^"]+)"/g);
    const missing = [...refs]
      .map(([, ref]) => ref)
      .filter(ref => !ref.split('/').reduce((at, key) => at?.[key], spec));
    expect(missing).to.be.empty();
  });

  it('gives every operation an id of its own', () => {
    const ids = operations.map(([, {operationId}]) => operationId);
    expect(ids).to.not.be.empty();
    expect(new Set(ids).size).to.equal(ids.length);
  });

  for (const [title, operation] of operations) {
    it(`says all there is to know of ${title}`, () => {
      expect(operation).to.have.properties('operationId', 'summary');
      expect(operation.summary).to.match(/^[A-Z]/);
      expect(operation.security).to.eql([{chatBearer: []}]);
      const statuses = Object.keys(operation.responses);
      expect(statuses).to.containDeep(['200', '401', '403', '422', '503']);
    });

    it(`names permission keys that exist for ${title}`, () => {
      const [, rows = ''] = (operation.description ?? '').split('| ------- |');
      const keys = [...rows.matchAll(/\| (\S+)/g)].map(([, key]) => key);
      const known: string[] = Object.values(PermissionKey);
      expect(keys).to.not.be.empty();
      expect(keys.filter(key => !known.includes(key))).to.be.empty();
    });

    it(`has a section in openapi.md for ${title}`, () => {
      expect(readText('openapi.md')).to.containEql(`\n## ${title}\n`);
    });
  }
});
