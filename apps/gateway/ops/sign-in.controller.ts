import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { linkInvalid, type OperatorsProvider, type SigningBrowser, signInWithIdentity, signInWithLink } from '#auth';
import { allowsSignInLinks } from '#config';
import { GatewayError } from '#contract';
import { hashToken, randomToken } from '#kit';
import { findSignInLink } from '#persistence';
import type { Runtime } from '#runtime';
import { Public } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';
import { formTokenOf, operatorCookies, requireFormToken, requireOwnPage } from '../http/operator-access.js';
import { linkPage, signInPage } from './pages.js';

/** Marks a sign-in that must be fresh; the browser may as well leave it out, and is then not believed to be. */
const AGAIN = '.again';
/** Where whoever has signed in goes on. */
const CONSOLE = '/console';
const beginForm = z.object({ again: z.string().max(10).optional() });
const signInQuery = z.object({ again: z.string().max(10).optional() });

/** How operators come in: a one-time link, or the provider they have elsewhere. Without a script. */
@Controller('ops')
export class SignInController {
  private readonly cookies;

  constructor(@InjectRuntime() private readonly runtime: Runtime) {
    this.cookies = operatorCookies(runtime.publicUrl);
  }

  @Public('the page on which operators sign in')
  @Get('sign-in')
  signIn(
    @Query({ schema: signInQuery }) { again }: z.infer<typeof signInQuery>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    const csrf = formTokenOf(this.flowOf(request, reply));
    const provider = this.runtime.operatorsProvider?.host ?? null;
    const facts = { provider, linksAllowed: this.linksAllowed, again: again !== undefined, csrf };
    void reply.type('text/html; charset=utf-8').send(signInPage(facts));
  }

  @Public('leads to the provider operators sign in with', 'form')
  @Post('sign-in')
  @HttpCode(303)
  async begin(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.requireOwnForm(request, body);
    const again = beginForm.safeParse(body).data?.again === '1';
    // New for each try: a page that was left open leads nowhere.
    const flow = `${randomToken()}${again ? AGAIN : ''}`;
    this.cookies.setFlow(reply, flow);
    void reply.redirect((await this.provider.begin(flow, again)).href, 303);
  }

  @Public('the provider proves who comes back, and the browser that it is the one that left')
  @Get('callback')
  async comeBack(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const flow = this.cookies.flow(request);
    if (flow === undefined) {
      throw new GatewayError('sign_in_invalid', 'This browser did not begin this sign-in, or too long ago.');
    }
    const again = flow.endsWith(AGAIN);
    const callback = new URL(request.url.slice(1), `${this.runtime.publicUrl}/`);
    const identity = await this.provider.finish(flow, again, callback);
    const session = await signInWithIdentity(this.runtime.database, identity, this.browserOf(request));
    this.cookies.setSession(reply, session);
    void reply.redirect(CONSOLE, 303);
  }

  @Public('a link that signs in once is its own credential; looking at it uses nothing up')
  @Get('link/:link')
  async look(@Param('link') link: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.requireLinks();
    const found = await findSignInLink(this.runtime.database, hashToken(link), new Date());
    if (found === undefined) throw linkInvalid();
    const csrf = formTokenOf(this.flowOf(request, reply));
    const shown = linkPage(`/ops/link/${link}`, found.name, found.role, csrf);
    void reply.type('text/html; charset=utf-8').send(shown);
  }

  @Public('a link that signs in once is its own credential', 'form')
  @Post('link/:link')
  @HttpCode(303)
  async useLink(
    @Param('link') link: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.requireLinks();
    this.requireOwnForm(request, body);
    const session = await signInWithLink(this.runtime.database, link, this.browserOf(request));
    this.cookies.setSession(reply, session);
    void reply.redirect(CONSOLE, 303);
  }

  private get provider(): OperatorsProvider {
    const { operatorsProvider } = this.runtime;
    if (operatorsProvider === undefined) throw new GatewayError('not_found', 'No provider is set to sign in with.');
    return operatorsProvider;
  }

  private get linksAllowed(): boolean {
    return allowsSignInLinks(this.runtime.settings);
  }

  /** Also those that were made while they were allowed. */
  private requireLinks(): void {
    if (!this.linksAllowed) throw linkInvalid();
  }

  private requireOwnForm(request: FastifyRequest, body: unknown): void {
    requireOwnPage(request, this.runtime.publicUrl);
    requireFormToken(body, this.cookies.flow(request));
  }

  private browserOf(request: FastifyRequest): SigningBrowser {
    return { previous: this.cookies.session(request), agent: request.headers['user-agent'], now: new Date() };
  }

  /** What binds the browser's forms before there is a session. */
  private flowOf(request: FastifyRequest, reply: FastifyReply): string {
    const flow = this.cookies.flow(request) ?? randomToken();
    this.cookies.setFlow(reply, flow);
    return flow;
  }
}
