# One image for gateway, worker, migrations and administration; the command decides which.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY tools ./tools
RUN npm ci --include=dev
COPY . .
RUN npx --no-install prisma generate && npx --no-install tsc -p tsconfig.build.json && npm run build:console && npm prune --omit=dev --omit=optional

FROM node:20-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build --chown=root:root /app/package.json ./
COPY --from=build --chown=root:root /app/node_modules ./node_modules
COPY --from=build --chown=root:root /app/dist ./dist
COPY --from=build --chown=root:root /app/prisma ./prisma
USER node
CMD ["node", "--enable-source-maps", "dist/apps/gateway/main.js"]
