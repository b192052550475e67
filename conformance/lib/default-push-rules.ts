import { stringAt, valueAt } from './json.ts';
import type { RuleKind } from './push-rules.ts';

export interface DefaultRule {
  readonly ruleId: string;
  readonly kind: RuleKind;
  readonly conditions: readonly Readonly<Record<string, unknown>>[];
  readonly actions: readonly unknown[];
  readonly enabled: boolean;
}

const match = (key: string, pattern: string) => ({ kind: 'event_match', key, pattern });
const type = (pattern: string) => match('type', pattern);
const anyState = match('state_key', '');
const twoPeople = { kind: 'room_member_count', is: '2' };
const sound = (value: string) => ({ set_tweak: 'sound', value });
const highlight = { set_tweak: 'highlight' };

/** The predefined rules, most important first within their kind: https://spec.matrix.org/v1.19/client-server-api/#predefined-rules */
export const defaultRulesOf = (userId: string): readonly DefaultRule[] => [
  { ...override('.m.rule.master', []), enabled: false },
  override('.m.rule.suppress_notices', [match('content.msgtype', 'm.notice')]),
  override(
    '.m.rule.invite_for_me',
    [type('m.room.member'), match('content.membership', 'invite'), match('state_key', userId)],
    ['notify', sound('default')],
  ),
  override('.m.rule.member_event', [type('m.room.member')]),
  override(
    '.m.rule.is_user_mention',
    [{ kind: 'event_property_contains', key: 'content.m\\.mentions.user_ids', value: userId }],
    ['notify', sound('default'), highlight],
  ),
  override(
    '.m.rule.is_room_mention',
    [
      { kind: 'event_property_is', key: 'content.m\\.mentions.room', value: true },
      { kind: 'sender_notification_permission', key: 'room' },
    ],
    ['notify', highlight],
  ),
  override('.m.rule.tombstone', [type('m.room.tombstone'), anyState], ['notify', highlight]),
  override('.m.rule.reaction', [type('m.reaction')]),
  override('.m.rule.room.server_acl', [type('m.room.server_acl'), anyState]),
  override('.m.rule.suppress_edits', [
    { kind: 'event_property_is', key: 'content.m\\.relates_to.rel_type', value: 'm.replace' },
  ]),
  underride('.m.rule.call', [type('m.call.invite')], ['notify', sound('ring')]),
  underride('.m.rule.encrypted_room_one_to_one', [twoPeople, type('m.room.encrypted')], ['notify', sound('default')]),
  underride('.m.rule.room_one_to_one', [twoPeople, type('m.room.message')], ['notify', sound('default')]),
  underride('.m.rule.message', [type('m.room.message')], ['notify']),
  underride('.m.rule.encrypted', [type('m.room.encrypted')], ['notify']),
];

function override(
  ruleId: string,
  conditions: DefaultRule['conditions'],
  actions: readonly unknown[] = [],
): DefaultRule {
  return { ruleId, kind: 'override', conditions, actions, enabled: true };
}

function underride(ruleId: string, conditions: DefaultRule['conditions'], actions: readonly unknown[]): DefaultRule {
  return { ruleId, kind: 'underride', conditions, actions, enabled: true };
}

/** Older servers spell out what is the default anyway. */
export const hasEffect = (action: unknown): boolean =>
  action !== 'dont_notify' &&
  action !== 'coalesce' &&
  !(stringAt(action, ['set_tweak']) === 'highlight' && valueAt(action, ['value']) === false);

/** A highlight is one whether or not its value is spelt out. */
export const plainAction = (action: unknown): unknown =>
  stringAt(action, ['set_tweak']) === 'highlight' ? { set_tweak: 'highlight' } : action;
