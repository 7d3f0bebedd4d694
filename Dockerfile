# meshlog as a container: docker build -t meshlog . && docker run --rm -v "$PWD:/work" meshlog check policies/
FROM node:24-slim AS build
WORKDIR /src
COPY . .
RUN npx --yes pnpm@12 install --frozen-lockfile && npx --yes pnpm@12 build

FROM node:24-slim
# The program is a bundle: it needs nothing but Node.
COPY --from=build /src/packages/compiler/package.json /opt/meshlog/
COPY --from=build /src/packages/compiler/bin /opt/meshlog/bin
COPY --from=build /src/packages/compiler/dist/cli/main.js /src/packages/compiler/dist/cli/THIRD-PARTY-LICENSES.txt /opt/meshlog/dist/cli/
COPY --from=build /src/packages/compiler/dist/cli/chunks /opt/meshlog/dist/cli/chunks
COPY --from=build /src/LICENSE /opt/meshlog/
RUN ln -s /opt/meshlog/bin/meshlog.js /usr/local/bin/meshlog
USER node
WORKDIR /work
ENTRYPOINT ["node", "/opt/meshlog/bin/meshlog.js"]
