import type {Entity} from '@loopback/repository';

/** The class of a model, which knows its table and columns. */
export type ModelClass<E extends Entity> = typeof Entity & {prototype: E};
