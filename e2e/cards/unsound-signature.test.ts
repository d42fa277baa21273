import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTestCa } from '../../electron/adapters/certificates/testing/test-ca.ts';
import type { CardSettings } from '../../electron/contract/security.contract.ts';
import { CARD_OF, type CardDesk, openCardDesk, type PersonsCard, PIN } from '../support/card/card-desk.ts';
import { inspectScreen } from '../support/inspect-screen.ts';
import { openRequest, panel, readStory, recordAuthorisation, signIn } from '../support/main-job.ts';

// A signature is checked anew each time it is shown, by what the trust says then of authorities and of revoked cards.
const reference = readStory().get('ready-core') ?? '';
const SIGNED: Partial<CardSettings> = {
  signatures: {
    'approve-request': 'card',
    exception: 'none',
    'urgent-removal': 'none',
    'audit-sign-off': 'none',
  },
};

let desk: CardDesk;
let card: PersonsCard;
beforeAll(async () => {
  desk = await openCardDesk();
  card = desk.makeCard({ uuid: CARD_OF.officer });
  await desk.setUpCards(SIGNED);
  await desk.link('officer');
  await card.insert(desk.pcsc.slots[0]);
  await desk.cardIn();
  await desk.must('session:signOut', {});
});
afterAll(() => desk?.close({ forget: true }));

const signature = () => desk.page.getByRole('region', { name: 'Signatures' }).getByRole('article');
/** As another person reads it, who has no card. */
async function readAs(account: 'officer2'): Promise<void> {
  await desk.signInAs(account);
  await desk.page.getByRole('button', { name: /^Account: / }).waitFor();
  await openRequest(desk, reference);
  await signature().waitFor();
}

test('an approval that is signed by card is sound', async () => {
  await desk.page.getByText('Username and password', { exact: true }).click();
  await signIn(desk, 'officer');
  await openRequest(desk, reference);
  await recordAuthorisation(desk);
  await desk.page.getByRole('button', { name: 'Approve', exact: true }).click();
  const dialog = desk.page.getByRole('dialog', { name: 'Sign the approval' });
  await dialog.getByLabel(/^Your passcode/).fill(PIN);
  await dialog.getByRole('button', { name: 'Sign and approve' }).click();
  await panel(desk.page, 'Key it into ESR').waitFor();
  await signature().getByText('Sound', { exact: true }).waitFor();
});

test('its authority is trusted no more: the card on the request says not to rely on it, and why', async () => {
  const another = makeTestCa({ now: new Date().toISOString(), name: 'Another Registration Authority' });
  await desk.setUpCards({ ...SIGNED, trustAnchors: another.rootPem, revocationLists: [] });
  await readAs('officer2');
  await signature().getByText('Not sound', { exact: true }).waitFor();
  await signature()
    .getByText(
      /^Do not rely on this signature: On \d+ \w+ \d{4}, when it was made: .*issuer that is not trusted here/,
    )
    .waitFor();
  expect(await signature().getByText('Sound', { exact: true }).count()).toBe(0);
  await signature().scrollIntoViewIfNeeded();
  await inspectScreen(desk, 'signature-not-sound');
});

test('a list that revokes the card from before it signed has the same effect; with its authority back and no such list it is sound', async () => {
  await desk.setUpCards(SIGNED);
  await readAs('officer2');
  await signature().getByText('Sound', { exact: true }).waitFor();
  desk.revoke(card.der);
  await desk.setUpCards(SIGNED);
  await readAs('officer2');
  await signature()
    .getByText(/^Do not rely on this signature: .*revoked/)
    .waitFor();
  await signature().getByText('Not sound', { exact: true }).waitFor();
});
