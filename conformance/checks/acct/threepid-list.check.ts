import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { arrayAt, numberAt, stringAt } from '../../lib/json.ts';
import {
  addAddress,
  addAddressPath,
  claimAddress,
  mailTo,
  newAddress,
  openMailedLink,
} from '../../lib/mail-address.ts';
import { expectEqual, expectStatus, expectThat, shown } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';

const listPath = '/_matrix/client/v3/account/3pid';
const deletePath = `${listPath}/delete`;

// An address belongs to the account once the mail was answered and the password given, is listed then, and goes when it is removed.
// https://spec.matrix.org/v1.19/client-server-api/#adding-account-administrative-contact-information
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.threepid-list',
    title: 'Eine Mailadresse gehört erst nach Bestätigung zum Konto, wird dann genannt und lässt sich entfernen',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('adding-account-administrative-contact-information'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Die Adresse wird ohne Bestätigung aufgenommen',
      defect: { when: { method: 'POST', path: addAddressPath }, alter: onlyNth(2, answering(200, {})) },
      expectFinding: 'added-unproven',
    },
    {
      title: 'Die bestätigte Adresse fehlt in der Liste',
      defect: { when: { method: 'GET', path: listPath }, alter: onlyNth(2, setting(['threepids'], [])) },
      expectFinding: 'not-listed',
    },
    {
      title: 'Die Bestätigung soll vor Beginn der Prüfung liegen',
      defect: { when: { method: 'GET', path: listPath }, alter: onlyNth(2, setting(['threepids', 0, 'added_at'], 1)) },
      expectFinding: 'wrong-time',
    },
    {
      title: 'Die entfernte Adresse wird weiter genannt',
      defect: {
        when: { method: 'GET', path: listPath },
        alter: (answer, { earlier }) => (earlier.length === 2 ? (earlier[1] ?? answer) : answer),
      },
      expectFinding: 'still-listed',
    },
  ],
  async run(tools) {
    const { request, account, device, now } = tools;
    const begunAt = now();
    const owner = await account('contact', 'ordinary');
    const session = await device(owner);
    const list = async () => premise(await request('GET', listPath, { session }));
    const before = addressesIn(await list());
    const address = newAddress(tools);
    const claim = await claimAddress(tools, session, address);
    await mailTo(tools, address);
    const unproven = await addAddress(tools, { session, password: owner.password }, claim);
    const reason = stringAt(unproven.json, ['errcode']);
    premise(await openMailedLink(tools, address));
    const added = await addAddress(tools, { session, password: owner.password }, claim);
    const listed = await list();
    const times = arrayAt(listed.json, ['threepids']).map((entry) => numberAt(entry, ['added_at']));
    const removed = await request('POST', deletePath, { session, body: { medium: 'email', address } });
    const left = await list();
    // The clocks are those of one machine; a minute is allowed all the same.
    const isNow = times.every((time) => time !== undefined && Math.abs(time - begunAt) < 60_000);
    return outcomeOf(
      [
        ...expectThat(
          unproven,
          unproven.status >= 400 && unproven.status < 500 && reason?.startsWith('M_THREEPID_') === true,
          {
            code: 'added-unproven',
            title: 'Eine unbestätigte Mailadresse wird nicht als solche abgelehnt',
            expected: 'eine Ablehnung mit M_THREEPID_AUTH_FAILED oder M_THREEPID_NOT_FOUND',
            observed: `Status ${unproven.status}, errcode ${shown(reason)}`,
          },
        ),
        ...expectStatus(added, 200, { code: 'not-added', title: 'Eine bestätigte Mailadresse wird nicht aufgenommen' }),
        ...expectEqual(
          listed,
          { wanted: [...before, address], got: addressesIn(listed) },
          { code: 'not-listed', title: 'Die Liste der Kontaktangaben nennt nicht genau die aufgenommene Adresse' },
        ),
        ...expectThat(listed, isNow, {
          code: 'wrong-time',
          title: 'Der Zeitpunkt der Aufnahme stimmt nicht',
          expected: 'ein Zeitpunkt während der Prüfung',
          observed: `${shown(times)} (Millisekunden seit 1970), begonnen um ${begunAt}`,
        }),
        ...expectStatus(removed, 200, { code: 'not-removed', title: 'Eine Mailadresse lässt sich nicht entfernen' }),
        ...expectEqual(
          left,
          { wanted: before, got: addressesIn(left) },
          { code: 'still-listed', title: 'Die entfernte Mailadresse wird weiter genannt' },
        ),
      ],
      'Vor der Bestätigung abgelehnt, danach genannt, nach dem Entfernen nicht mehr genannt',
    );
  },
});

const addressesIn = ({ json }: Answer): readonly (string | undefined)[] =>
  arrayAt(json, ['threepids']).map((entry) => stringAt(entry, ['address']));
