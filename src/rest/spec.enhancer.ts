import {injectable} from '@loopback/core';
import {
  asSpecEnhancer,
  type OASEnhancer,
  type OpenApiSpec,
} from '@loopback/rest';
import {CHAT_SECURITY_SCHEME} from '../keys';
import {ERROR_SCHEMA} from './error-schema';

/**
 * Adds to the host's OpenAPI spec what every operation of the chat refers to, the
 * bearer scheme and the body of errors, and nothing else.
 */
@injectable(asSpecEnhancer)
export class ChatSpecEnhancer implements OASEnhancer {
  readonly name = 'chat';

  modifySpec(spec: OpenApiSpec): OpenApiSpec {
    const {components = {}} = spec;
    return {
      ...spec,
      components: {
        ...components,
        schemas: {...components.schemas, ChatError: ERROR_SCHEMA},
        securitySchemes: {
          ...components.securitySchemes,
          [CHAT_SECURITY_SCHEME]: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
          },
        },
      },
    };
  }
}
