import { Body, Controller, Delete, Get, HttpCode, Put, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Caller, requireWholeApp } from '#auth';
import { type Branding, getBranding, LOGO_BYTES, LOGO_SIDES, putBranding, removeBranding } from '#branding';
import type { Runtime } from '#runtime';
import { callerOf, ForCaller } from '../http/access.js';
import { InjectRuntime } from '../http/inject.js';

const EMAIL = /^[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+$/;

function isSupport(text: string): boolean {
  if (EMAIL.test(text)) return true;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'https:' && url.username === '' && url.password === '' && !/[\s\\@]/.test(text);
}

const brandingBody = z
  .strictObject({
    name: z
      .string()
      .min(1)
      .max(60)
      // Neither blank, nor with signs that turn the reading direction or cannot be seen.
      .regex(/^(?=.*\S)[^\p{C}\p{Zl}\p{Zp}]+$/u, 'A name is made of letters that can be seen.')
      .meta({ description: 'Shown to merchants in place of the name of the app.' }),
    accent: z
      .string()
      .regex(/^#[0-9a-fA-F]{6}$/, 'A colour is written as #rrggbb.')
      .nullable()
      .optional()
      .meta({ description: '`#rrggbb`. Moved in a scheme in which it would be hard to see; `colors` says to what.' }),
    support: z
      .string()
      .max(300)
      .refine(isSupport, 'Give an https address or an e-mail address.')
      .nullable()
      .optional()
      .meta({ description: 'An https address or an e-mail address, shown where something did not work.' }),
    logo: z
      .string()
      .max(Math.ceil(LOGO_BYTES / 3) * 4)
      .nullable()
      .optional()
      .meta({
        description: `PNG, JPEG or WebP as base64, at most ${LOGO_BYTES} bytes, ${LOGO_SIDES.least} to ${LOGO_SIDES.most} pixels a side. Left out, the one that is there stays; null takes it away.`,
      }),
  })
  .meta({ id: 'BrandingRequest' });

const scheme = z.object({
  accent: z.string().meta({ description: 'Buttons and edges; at least 3:1 against the card.' }),
  onAccent: z.string().meta({ description: 'Text on the accent: black or white, whichever contrasts more.' }),
  link: z.string().meta({ description: 'Links in running text; at least 4.5:1 against the card.' }),
});

const branding = z
  .object({
    name: z.string(),
    accent: z.string().nullable().meta({ description: 'As you gave it.' }),
    colors: z
      .object({ light: scheme, dark: scheme })
      .nullable()
      .meta({ description: 'As they are shown; null without an accent.' }),
    support: z.string().nullable(),
    logo: z.object({ type: z.string(), width: z.int(), height: z.int() }).nullable(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Branding' });

@ApiTags('connect')
@Controller('v1/branding')
export class BrandingController {
  constructor(@InjectRuntime() private readonly runtime: Runtime) {}

  @ForCaller('read:stores')
  @Get()
  @ApiOperation({ summary: 'How the connect screens of the app look' })
  @ApiOkResponse({ standardSchema: branding })
  async get(@Req() request: FastifyRequest): Promise<unknown> {
    return present(await getBranding(this.runtime.stores.connections, wholeApp(request)));
  }

  @ForCaller('write:stores')
  @Put()
  @ApiOperation({ summary: 'Say how the connect screens of the app look' })
  @ApiOkResponse({ standardSchema: branding })
  async put(
    @Body({ schema: brandingBody }) body: z.infer<typeof brandingBody>,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    return present(await putBranding(this.runtime.stores.connections, wholeApp(request), body));
  }

  @ForCaller('write:stores')
  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Let the connect screens look as they did before' })
  @ApiNoContentResponse()
  async remove(@Req() request: FastifyRequest): Promise<void> {
    await removeBranding(this.runtime.stores.connections, wholeApp(request));
  }
}

/** Screens are those of all stores of the app. */
function wholeApp(request: FastifyRequest): Caller {
  const caller = callerOf(request);
  requireWholeApp(caller);
  return caller;
}

function present({ colours, updatedAt, ...said }: Branding) {
  return { ...said, colors: colours, updatedAt: updatedAt.toISOString() };
}
