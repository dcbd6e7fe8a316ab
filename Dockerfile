# The program and what it needs to copy a PostgreSQL database, for nobody in particular.
FROM rust:1.95.0-bookworm AS build
WORKDIR /src
COPY . .
RUN cargo build --release --locked --bin dom

FROM debian:12.11-slim
# pg_dump of the server's own major version: see docker-compose.yml.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates postgresql-client-15 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin dom \
    && install -d -o dom -g dom -m 700 /var/lib/dom
COPY --from=build /src/target/release/dom /usr/local/bin/dom
USER 10001:10001
WORKDIR /var/lib/dom
ENV DOM_DATA_DIR=/var/lib/dom
# as in docs/dom.service
ENV MIMALLOC_PURGE_DELAY=10
ENV DOM_BIND=0.0.0.0:8080
EXPOSE 8080
VOLUME ["/var/lib/dom"]
ENTRYPOINT ["dom"]
CMD ["serve"]
