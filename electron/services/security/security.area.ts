import { tryRule } from '../../domain/cards/subject-example.ts';
import { defineArea, type Ground } from '../ground/define-area.ts';
import type { SecurityService } from './security.service.ts';

export const securityArea = defineArea({
  name: 'security',
  handlers: ({ at, security }: Ground & { readonly security: SecurityService }) => ({
    'security:getState': () => security.getState(at()),
    'security:markDevice': (input) => security.markDevice(at(), input),
    'security:getCardSettings': () => security.getCardSettings(at()),
    'security:trySubjectRule': ({ rule, subject }) => ({ problem: '', ...tryRule(rule, subject) }),
    'security:changeCardSettings': (input) => security.changeCardSettings(at(), input),
  }),
});
