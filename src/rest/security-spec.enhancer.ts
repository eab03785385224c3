import {injectable} from '@loopback/core';
import {
  asSpecEnhancer,
  type OASEnhancer,
  type OpenApiSpec,
} from '@loopback/rest';
import {CHAT_SECURITY_SCHEME} from '../keys';

/** Adds the bearer scheme to the host's OpenAPI spec, and nothing else. */
@injectable(asSpecEnhancer)
export class SecuritySpecEnhancer implements OASEnhancer {
  readonly name = 'chat-security';

  modifySpec(spec: OpenApiSpec): OpenApiSpec {
    const {components = {}} = spec;
    return {
      ...spec,
      components: {
        ...components,
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
