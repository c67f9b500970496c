import { describe, expect, test } from 'vitest';
import { listAuditLog } from '#server/audit/audit.service.ts';
import { inviteContacts } from '#server/members/invitations.service.ts';
import { readLink, setPasswordByLink } from '#server/members/passwords.service.ts';
import { changeMember } from '#server/members/members.service.ts';
import { LinkNotUsable } from '#server/members/members.errors.ts';
import { removeContact } from '#server/people/contacts.service.ts';
import { listTimeline } from '#server/people/timeline.service.ts';
import { portalSettings } from '#server/portal/portal-settings.ts';
import { changeSettings } from '#server/settings/settings.service.ts';
import { givenContact, givenInvited, givenMember, goodPassword, tokenOf, waitingMails } from '#test/support/member-builders.ts';
import { testClock, testContext } from '#test/support/test-context.ts';
import { testServer } from '#test/support/test-server.ts';

describe('inviting contacts', () => {
  test('the manager gets a link to copy, and the contact a mail in their own language', async () => {
    const server = await testServer();
    const contact = await givenContact(server.ctx, { language: 'pl' });

    const answer = await server.asConsole('POST', '/members/invitations', { contactIds: [contact.id] });

    expect(answer.statusCode).toBe(200);
    const { invited, skipped } = answer.json();
    expect(skipped).toEqual([]);
    expect(invited[0]).toMatchObject({ contactId: contact.id, name: 'Marta Zielińska', email: 'marta@example.com' });
    expect(invited[0].link).toMatch(/^https:\/\/[^/]+\/support\/invitation\/[0-9a-z]{26}$/u);
    const [mail] = await waitingMails(server.ctx);
    expect(mail).toMatchObject({ to: 'marta@example.com', subject: 'Dostęp do portalu Support' });
    expect(mail?.text).toContain(invited[0].link);
    expect(mail?.text).toContain('Marta Zielińska');
  });

  test('without sendMail nothing is mailed', async () => {
    const ctx = await testContext();
    const contact = await givenContact(ctx);

    await inviteContacts(ctx, { contactIds: [contact.id], sendMail: false });

    expect(await waitingMails(ctx)).toEqual([]);
  });

  test('who can’t be invited is named with the reason, and the others are invited all the same', async () => {
    const ctx = await testContext();
    const member = await givenMember(ctx, { email: 'active@example.com' });
    const disabled = await givenInvited(ctx, { email: 'disabled@example.com' });
    await changeMember(ctx, disabled.memberId, { state: 'disabled' });
    const silent = await givenContact(ctx, { email: null, firstName: 'Without', lastName: 'Mail' });
    const fine = await givenContact(ctx, { email: 'fine@example.com' });

    const result = await inviteContacts(ctx, { contactIds: [member.contactId, disabled.contactId, silent.id, fine.id, fine.id, 'nobody'], sendMail: false });

    expect(result.invited.map((one) => one.contactId)).toEqual([fine.id]);
    expect(result.skipped).toEqual([
      { contactId: member.contactId, name: 'Marta Zielińska', reason: expect.stringContaining('access already') },
      { contactId: disabled.contactId, name: 'Marta Zielińska', reason: expect.stringContaining('shut out') },
      { contactId: silent.id, name: 'Without Mail', reason: expect.stringContaining('no e-mail address') },
      { contactId: 'nobody', name: '', reason: expect.stringContaining('not there any more') },
    ]);
  });

  test('a second invitation ends the first link', async () => {
    const ctx = await testContext();
    const first = await givenInvited(ctx);

    const second = await inviteContacts(ctx, { contactIds: [first.contactId], sendMail: false });

    await expect(readLink(ctx, first.token)).rejects.toThrow(LinkNotUsable);
    expect(await readLink(ctx, tokenOf(second.invited[0]?.link ?? ''))).toMatchObject({ kind: 'invitation', email: 'marta@example.com' });
  });

  test('the database holds no token, only its hash', async () => {
    const ctx = await testContext();
    const { token } = await givenInvited(ctx);

    const links = await ctx.db.selectFrom('member_links').selectAll().execute();

    expect(JSON.stringify(links)).not.toContain(token);
  });

  test('every invitation stands in the audit log', async () => {
    const ctx = await testContext();
    const { memberId } = await givenInvited(ctx);

    const log = await listAuditLog(ctx, { limit: 5, action: 'member.invited' });

    expect(log.items[0]?.target).toEqual({ kind: 'member', id: memberId, name: 'Marta Zielińska' });
  });
});

describe('choosing a password by link', () => {
  test('it makes a member, and the contact’s timeline says so', async () => {
    const ctx = await testContext();
    const { token, contactId } = await givenInvited(ctx);

    await setPasswordByLink(ctx, { token, password: goodPassword });

    const timeline = await listTimeline(ctx, { contactId }, { limit: 5 });
    expect(timeline.items.find((entry) => entry.kind === 'joined-portal')).toMatchObject({ actorName: 'Marta Zielińska' });
  });

  test('a link works once, even when it is sent twice at the same instant', async () => {
    const ctx = await testContext();
    const { token } = await givenInvited(ctx);

    const tries = await Promise.allSettled([1, 2, 3].map(() => setPasswordByLink(ctx, { token, password: goodPassword })));

    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    await expect(setPasswordByLink(ctx, { token, password: goodPassword })).rejects.toThrow(LinkNotUsable);
  });

  test('reading a link, as mail scanners do, does not use it up', async () => {
    const ctx = await testContext();
    const { token } = await givenInvited(ctx);

    for (let look = 0; look < 5; look += 1) await readLink(ctx, token);

    await expect(setPasswordByLink(ctx, { token, password: goodPassword })).resolves.toBeDefined();
  });

  test('an invitation works for seven days, a reset for thirty minutes', async () => {
    const clock = testClock();
    const server = await testServer({ clock });
    const { token, memberId } = await givenInvited(server.ctx);

    clock.advance(7 * 86_400_000 - 1000);
    await expect(readLink(server.ctx, token)).resolves.toBeDefined();
    clock.advance(1000);
    await expect(readLink(server.ctx, token)).rejects.toThrow(LinkNotUsable);

    const again = await server.asConsole('POST', `/members/${memberId}/reset-link`);
    await setPasswordByLink(server.ctx, { token: tokenOf(again.json().link), password: goodPassword });
    const reset = await server.asConsole('POST', `/members/${memberId}/reset-link`);
    expect(reset.json().kind).toBe('password-reset');
    clock.advance(30 * 60_000 - 1000);
    await expect(readLink(server.ctx, tokenOf(reset.json().link))).resolves.toMatchObject({ kind: 'password-reset' });
    clock.advance(1000);
    await expect(readLink(server.ctx, tokenOf(reset.json().link))).rejects.toThrow(LinkNotUsable);
  });

  test('a refused password leaves the link good', async () => {
    const ctx = await testContext();
    const { token } = await givenInvited(ctx);

    await expect(setPasswordByLink(ctx, { token, password: 'zielinska1' })).rejects.toMatchObject({ details: { problem: 'contains-context' } });

    await expect(readLink(ctx, token)).resolves.toBeDefined();
  });

  test('the links of someone shut out, or of a contact removed, end with them', async () => {
    const ctx = await testContext();
    const shutOut = await givenInvited(ctx);
    const removed = await givenInvited(ctx, { email: 'removed@example.com' });

    await changeMember(ctx, shutOut.memberId, { state: 'disabled' });
    await removeContact(ctx, removed.contactId);

    await expect(readLink(ctx, shutOut.token)).rejects.toThrow(LinkNotUsable);
    await expect(readLink(ctx, removed.token)).rejects.toThrow(LinkNotUsable);
  });

  test('a slug that was changed is in the link', async () => {
    const ctx = await testContext();
    await changeSettings(ctx, portalSettings, { slug: 'help-desk' });

    const { link } = await givenInvited(ctx);

    expect(link).toContain('/help-desk/invitation/');
  });
});

describe('members in the console', () => {
  test('they are listed newest first, page by page, by state and by name', async () => {
    const server = await testServer();
    await givenMember(server.ctx, { email: 'a@example.com', firstName: 'Anna', lastName: 'Nowak' });
    await givenInvited(server.ctx, { email: 'b@example.com', firstName: 'Ben', lastName: 'Müller' });
    await givenInvited(server.ctx, { email: 'c@example.com', firstName: 'Cem', lastName: 'Öztürk' });

    const first = await server.asConsole('GET', '/members?limit=2');
    const rest = await server.asConsole('GET', `/members?limit=2&cursor=${first.json().nextCursor}`);
    const invited = await server.asConsole('GET', '/members?state=invited');
    const found = await server.asConsole('GET', '/members?search=mueller');

    expect(first.json().items.map((one: { name: string }) => one.name)).toEqual(['Cem Öztürk', 'Ben Müller']);
    expect(rest.json()).toMatchObject({ items: [{ name: 'Anna Nowak', state: 'active' }], nextCursor: null });
    expect(invited.json().items).toHaveLength(2);
    expect(found.json().items.map((one: { name: string }) => one.name)).toEqual(['Ben Müller']);
  });

  test('a cursor from elsewhere is refused with its name', async () => {
    const server = await testServer();

    const refused = await server.asConsole('GET', '/members?cursor=nonsense');

    expect(refused.statusCode).toBe(400);
    expect(refused.json().errors[0].path).toBe('cursor');
  });

  test('what a member may see is changed, and the audit log says so', async () => {
    const server = await testServer();
    const member = await givenMember(server.ctx);

    const changed = await server.asConsole('PATCH', `/members/${member.memberId}`, { visibility: 'company', role: 'owner', contactId: 'another' });

    expect(changed.json()).toMatchObject({ visibility: 'company', contactId: member.contactId });
    const log = await server.asConsole('GET', '/audit?action=member.changed');
    expect(log.json().items[0].detail).toEqual({ visibility: 'company' });
  });

  test('someone let in again before choosing a password is invited, not active', async () => {
    const server = await testServer();
    const invited = await givenInvited(server.ctx);
    await server.asConsole('PATCH', `/members/${invited.memberId}`, { state: 'disabled' });

    const back = await server.asConsole('PATCH', `/members/${invited.memberId}`, { state: 'active' });

    expect(back.json().state).toBe('invited');
  });

  test('no link is made for someone shut out', async () => {
    const server = await testServer();
    const member = await givenMember(server.ctx);
    await server.asConsole('PATCH', `/members/${member.memberId}`, { state: 'disabled' });

    const refused = await server.asConsole('POST', `/members/${member.memberId}/reset-link`);

    expect(refused.statusCode).toBe(409);
    expect(refused.json().detail).toContain('Let them in again first');
  });
});
